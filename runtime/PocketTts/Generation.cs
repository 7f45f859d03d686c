using Microsoft.ML.OnnxRuntime;
using PocketTts.Onnx;

namespace PocketTts;

/// <summary>What is to be spoken, checked and cut into chunks.</summary>
internal sealed record GenerationRequest(VoiceState Voice, IReadOnlyList<string> Chunks, GenerationOptions Options);

/// <summary>One run from text to audio, frame by frame. Holds a workspace of the engine until it is disposed.</summary>
/// <remarks>
/// Single caller. Each chunk starts from the voice's state, with a codec and noise of its own; so a stream gives the samples of a batch, and
/// chunks do not depend on each other. Inside a chunk no frame allocates. Latents are decoded in the blocks of <see cref="DecodeBlocks"/>, whatever
/// waits: so the samples do not depend on how fast either half is. Source of the two threads: kyutai-labs/pocket-tts, MIT.
/// </remarks>
internal sealed class Generation : IDisposable
{
    private const int FadeInSamples = 120; // 5 ms: the codec starts with a click
    private const int BlocksAhead = 4;     // evens out both halves, little to throw away when the reader leaves
    private readonly SpeechEngine _engine;
    private readonly GenerationRequest _request;
    private readonly GenerationWorkspace _workspace;
    private readonly LatentGeneration _latents;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly float[] _block;
    private readonly LatentQueue? _queue;
    private readonly int _latentSize;
    private Thread? _worker;
    private bool _hasEnded, _hasFailed, _isFirstOfChunk;
    private int _decoded, _heard;

    /// <param name="engine">The model.</param>
    /// <param name="request">What to speak.</param>
    /// <param name="cancellationToken">Ends both halves in the middle of the frame they are at.</param>
    /// <param name="isOverlapped">
    /// After the first, latents are made on a thread of their own, ahead of the caller, who decodes them. Else all is done when it is asked for.
    /// </param>
    /// <exception cref="OperationCanceledException">It was cancelled before it began.</exception>
    public Generation(SpeechEngine engine, GenerationRequest request, CancellationToken cancellationToken = default, bool isOverlapped = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _engine = engine;
        _request = request;
        _workspace = engine.Rent();
        try
        {
            var start = request.Options.CopyState ? request.Voice.Share() : request.Voice.BeginContinuation();
            _latents = new LatentGeneration(engine, request, _workspace.Latents, start, cancellationToken);
        }
        catch
        {
            engine.Return(_workspace);
            throw;
        }

        _latentSize = engine.Graphs.LatentSize;
        _block = new float[engine.Graphs.MostFramesPerDecode * _latentSize];
        _cancellationToken = cancellationToken;
        _cancellation = cancellationToken.UnsafeRegister(static w => ((GenerationWorkspace)w!).Terminate(), _workspace);
        if (isOverlapped)
            _queue = new LatentQueue(BlocksAhead, _block.Length);
    }

    /// <inheritdoc cref="LatentGeneration.ChunksWithoutEnd"/>
    /// <remarks>With two threads, right at the end only.</remarks>
    public int ChunksWithoutEnd => _latents.ChunksWithoutEnd;

    /// <returns><see langword="false"/> when all is spoken; <paramref name="samples"/> is then untouched.</returns>
    /// <exception cref="InvalidOperationException">The model failed, or has no room left for the text.</exception>
    /// <exception cref="OperationCanceledException">The generation was cancelled; it cannot be continued.</exception>
    public bool TryNext(Span<float> samples)
    {
        try
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (_heard == _decoded && !TryDecodeNext())
            {
                _hasEnded = true;
                return false;
            }

            _workspace.Codec.Frame(_heard).CopyTo(samples);
            if (_isFirstOfChunk && _heard == 0)
                FadeIn(samples);
            _heard++;
            return true;
        }
        catch (OnnxRuntimeException e)
        {
            _hasFailed = true;
            throw Explain(e);
        }
        catch
        {
            _hasFailed = true;
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            StopWorker();
            if (!_request.Options.CopyState)
            {
                if (!_hasFailed)
                    _latents.EndChunk(unheard: _decoded - _heard);
                _request.Voice.EndContinuation(_hasFailed ? null : _latents.Reached);
            }
        }
        finally
        {
            _cancellation.Dispose(); // waits for a termination that is under way, which must not reach the next user of the workspace
            _engine.Return(_workspace);
        }
    }

    /// <summary>From silence to full loudness in a straight line.</summary>
    internal static void FadeIn(Span<float> samples)
    {
        var length = Math.Min(FadeInSamples, samples.Length);
        for (var k = 0; k < length; k++)
            samples[k] *= k / (float)(FadeInSamples - 1);
    }

    private bool TryDecodeNext()
    {
        var isFirst = _decoded == 0;
        var values = _worker is not null ? _queue!.Read(_block, out _isFirstOfChunk) : _latents.Next(_block, out _isFirstOfChunk) * _latentSize;
        if (values == 0)
            return false;
        if (_isFirstOfChunk && !isFirst)
            _workspace.Codec.Reset(); // a workspace comes with one that is
        _workspace.Codec.Decode(_block.AsSpan(0, values));
        if (isFirst && _queue is not null)
            StartWorker();
        (_decoded, _heard) = (values / _latentSize, 0);
        return true;
    }

    /// <summary>Only after the first frame, which on a busy machine would have to wait for two threads to get their turn.</summary>
    private void StartWorker()
    {
        _worker = new Thread(FillQueue) { IsBackground = true, Name = "PocketTts latents" };
        _worker.Start();
    }

    private void FillQueue()
    {
        try
        {
            var block = new float[_block.Length];
            while (_latents.Next(block, out var isFirstOfChunk) is > 0 and var made && _queue!.TryWrite(block.AsSpan(0, made * _latentSize), isFirstOfChunk))
            {
            }

            _queue!.Complete();
        }
        catch (Exception e)
        {
            // The reader meets it after the frames that were made before it: once, and as if it had made them itself.
            _queue!.Complete(e is OnnxRuntimeException failure ? Explain(failure) : e);
        }
    }

    private void StopWorker()
    {
        if (_worker is null)
            return;
        if (!_hasEnded)
        {
            // What was made ahead was not heard, so a state that was to be continued stays as it was.
            _hasFailed = true;
            _queue!.Close();
            _workspace.Terminate();
        }

        _worker.Join();
    }

    private Exception Explain(OnnxRuntimeException e) => _cancellationToken.IsCancellationRequested
        ? new OperationCanceledException("The generation was cancelled.", e, _cancellationToken)
        : new InvalidOperationException($"The model failed {_latents.Place}; its files do not fit each other: {e.Message}", e);
}
