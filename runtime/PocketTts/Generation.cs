using Microsoft.ML.OnnxRuntime;
using PocketTts.Onnx;
using PocketTts.Text;
using PocketTts.Voices;

namespace PocketTts;

/// <summary>What is to be spoken, checked and cut into chunks.</summary>
internal sealed record GenerationRequest(VoiceState Voice, IReadOnlyList<string> Chunks, GenerationOptions Options);

/// <summary>One run from text to audio, frame by frame. Holds a workspace of the engine until it is disposed.</summary>
/// <remarks>
/// Single caller. Each chunk starts from the voice's state, with a codec and noise of its own; so a stream gives the samples of a batch, and
/// chunks do not depend on each other. Inside a chunk no frame allocates.
/// </remarks>
internal sealed class Generation : IDisposable
{
    private const double FrameRate = 12.5;
    private const int FadeInSamples = 120; // 5 ms: the codec starts with a click
    private readonly SpeechEngine _engine;
    private readonly GenerationRequest _request;
    private readonly GenerationWorkspace _workspace;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly ulong _seed;
    private FlowSnapshot _start;
    private NoiseSource _noise;
    private int _chunk = -1;
    private bool _isInChunk, _hasFailed;
    private int _position, _frame, _limit, _endOfSpeech, _framesAfterEos;

    /// <exception cref="OperationCanceledException">It was cancelled before it began.</exception>
    public Generation(SpeechEngine engine, GenerationRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _engine = engine;
        _request = request;
        _seed = request.Options.Seed ?? engine.Options.Seed ?? unchecked((ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue));
        _workspace = engine.Rent();
        try
        {
            _start = request.Options.CopyState ? request.Voice.Share() : request.Voice.BeginContinuation();
        }
        catch
        {
            engine.Return(_workspace);
            throw;
        }

        _cancellationToken = cancellationToken;
        _cancellation = cancellationToken.UnsafeRegister(static w => ((GenerationWorkspace)w!).Terminate(), _workspace);
    }

    /// <summary>Chunks that ran to their limit because the model never saw an end.</summary>
    public int ChunksWithoutEnd { get; private set; }

    /// <summary>The most frames that a text of so many tokens may take: two seconds, and one for three tokens.</summary>
    public static int MostFrames(int tokens) => (int)Math.Ceiling(((tokens / 3.0) + 2.0) * FrameRate);

    /// <returns><see langword="false"/> when all is spoken; <paramref name="samples"/> is then untouched.</returns>
    /// <exception cref="OperationCanceledException">The generation was cancelled; it cannot be continued.</exception>
    public bool TryNext(Span<float> samples)
    {
        try
        {
            while (true)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (_isInChunk && TryNextInChunk(samples))
                    return true;
                EndChunk();
                if (_chunk + 1 == _request.Chunks.Count)
                    return false;
                BeginChunk(_request.Chunks[++_chunk]);
            }
        }
        catch (OnnxRuntimeException e) when (_cancellationToken.IsCancellationRequested)
        {
            _hasFailed = true;
            throw new OperationCanceledException("The generation was cancelled.", e, _cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            _hasFailed = true;
            throw new InvalidOperationException(
                $"The model failed at frame {_frame} of '{_request.Chunks[_chunk]}'; its files do not fit each other: {e.Message}", e);
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
            if (!_request.Options.CopyState)
            {
                if (!_hasFailed)
                    EndChunk();
                _request.Voice.EndContinuation(_hasFailed ? null : _start);
            }
        }
        finally
        {
            _cancellation.Dispose(); // waits for a termination that is under way, which must not reach the next user of the workspace
            _engine.Return(_workspace);
        }
    }

    private void BeginChunk(string text)
    {
        var prepared = _engine.Preparation.Prepare(text);
        using var rows = _engine.Embed(_engine.Tokenizer.Encode(prepared.Text));
        var tokens = (int)rows.Shape[1];
        if (_start.Position + tokens + 1 > _engine.Graphs.Capacity)
        {
            throw new InvalidOperationException(
                $"The voice takes {_start.Position} and the text '{text}' {tokens} of the model's {_engine.Graphs.Capacity} positions, so no frame is left; "
                + "start from a fresh or shorter voice state, or put spaces or marks into the text.");
        }

        _workspace.Latents.ResetFlow();
        _start.Restore(_engine.Graphs.FlowSlots, _workspace.Latents.FlowStates);
        _workspace.Latents.Prefill(rows);
        _position = _start.Position + tokens;
        _limit = Math.Min(MostFrames(tokens), _engine.Graphs.Capacity - _position);
        _framesAfterEos = _request.Options.FramesAfterEos ?? _engine.Manifest.ModelRecommendedFramesAfterEos ?? prepared.FramesAfterEos;
        _noise = new NoiseSource(_seed, _chunk, _engine.Options.Temp, _engine.Options.NoiseClamp);
        _workspace.Codec.Reset();
        _workspace.Latents.BeginChunk();
        (_frame, _endOfSpeech, _isInChunk) = (0, -1, true);
    }

    private bool TryNextInChunk(Span<float> samples)
    {
        if (_frame == _limit)
        {
            if (_endOfSpeech < 0)
                ChunksWithoutEnd++;
            return false;
        }

        var logit = _workspace.Latents.StepMain();
        _position++;
        if (float.IsNaN(logit))
            throw NotANumber("an end-of-speech logit");
        if (_endOfSpeech < 0 && _frame >= _engine.Options.MinFramesBeforeEos && logit > _engine.Options.EosThreshold)
            _endOfSpeech = _frame;
        if (_endOfSpeech >= 0 && _frame >= _endOfSpeech + _framesAfterEos)
            return false;

        _noise.Fill(_workspace.Latents.Latent);
        _workspace.Latents.Denoise(_engine.Options.LsdDecodeSteps);
        foreach (var value in _workspace.Latents.Latent)
        {
            if (!float.IsFinite(value))
                throw NotANumber("a latent");
        }

        _workspace.Codec.Decode(_workspace.Latents.Latent, samples);
        if (_frame == 0)
            FadeIn(samples);
        _frame++;
        return true;
    }

    private void EndChunk()
    {
        if (_isInChunk && !_request.Options.CopyState)
            _start = FlowSnapshot.Capture(_position, _engine.Graphs.FlowSlots, _workspace.Latents.FlowStates);
        _isInChunk = false;
    }

    /// <summary>From silence to full loudness in a straight line.</summary>
    internal static void FadeIn(Span<float> samples)
    {
        var length = Math.Min(FadeInSamples, samples.Length);
        for (var k = 0; k < length; k++)
            samples[k] *= k / (float)(FadeInSamples - 1);
    }

    private InvalidOperationException NotANumber(string what) => new(
        $"The model gave {what} that is no number at frame {_frame} of '{_request.Chunks[_chunk]}'; its files or the voice state are damaged.");
}
