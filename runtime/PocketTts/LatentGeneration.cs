using Microsoft.ML.OnnxRuntime;
using PocketTts.Onnx;
using PocketTts.Voices;

namespace PocketTts;

/// <summary>The first half of a generation: from text to latents, one after the other.</summary>
/// <remarks>
/// Single caller. Each chunk starts from the voice's state with noise of its own. Latents come in the blocks in which they are decoded, which no
/// two chunks share. Inside a chunk no latent allocates.
/// </remarks>
internal sealed class LatentGeneration
{
    private const double FrameRate = 12.5;
    private readonly SpeechEngine _engine;
    private readonly GenerationRequest _request;
    private readonly LatentWorkspace _workspace;
    private readonly CancellationToken _cancellationToken;
    private readonly ulong _seed;
    private NoiseSource _noise;
    private int _chunk = -1;
    private bool _isInChunk, _isSaid;
    private int _start, _position, _frame, _limit, _endOfSpeech, _framesAfterEos;

    /// <param name="engine">The model.</param>
    /// <param name="request">What to speak.</param>
    /// <param name="workspace">Of this generation alone.</param>
    /// <param name="start">The voice.</param>
    /// <param name="cancellationToken">Looked at before each latent; who cancels ends the run that goes on by terminating the workspace.</param>
    public LatentGeneration(
        SpeechEngine engine, GenerationRequest request, LatentWorkspace workspace, FlowSnapshot start, CancellationToken cancellationToken)
    {
        _engine = engine;
        _request = request;
        _workspace = workspace;
        Reached = start;
        _cancellationToken = cancellationToken;
        _seed = request.Options.Seed ?? engine.Options.Seed ?? unchecked((ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue));
    }

    /// <summary>Chunks that ran to their limit because the model never saw an end.</summary>
    public int ChunksWithoutEnd { get; private set; }

    /// <summary>Where a continuation goes on: the voice, and with <c>CopyState = false</c> all chunks that have ended.</summary>
    public FlowSnapshot Reached { get; private set; }

    /// <summary>For errors: the frame and the text that the model is at.</summary>
    public string Place => $"at frame {_frame} of '{_request.Chunks[Math.Max(_chunk, 0)]}'";

    /// <summary>The most frames that a text of so many tokens may take: two seconds, and one for three tokens.</summary>
    public static int MostFrames(int tokens) => (int)Math.Ceiling(((tokens / 3.0) + 2.0) * FrameRate);

    /// <summary>Makes the next latents.</summary>
    /// <param name="latents">Takes them, one after the other; long enough for as many as the decoder takes.</param>
    /// <param name="isFirstOfChunk">The codec starts anew with them.</param>
    /// <returns>How many they are; 0 when all is spoken.</returns>
    /// <exception cref="OnnxRuntimeException">A graph failed, or was terminated.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled between two latents.</exception>
    public int Next(Span<float> latents, out bool isFirstOfChunk)
    {
        while (true)
        {
            isFirstOfChunk = _frame == 0;
            var wanted = DecodeBlocks.SizeAfter(_frame, _engine.Graphs.MostFramesPerDecode);
            var made = 0;
            while (_isInChunk && !_isSaid && made < wanted && TryNextInChunk())
            {
                _workspace.Latent.CopyTo(latents[(made * _workspace.Latent.Length)..]);
                made++;
            }

            if (made > 0)
                return made;
            EndChunk();
            if (_chunk + 1 == _request.Chunks.Count)
                return 0;
            BeginChunk(_request.Chunks[++_chunk]);
        }
    }

    /// <summary>Ends the chunk, so that <see cref="Reached"/> is where the last latent was made.</summary>
    /// <param name="unheard">So many latents of the chunk were made, but nobody heard them: <see cref="Reached"/> is before them.</param>
    public void EndChunk(int unheard = 0)
    {
        if (_isInChunk && !_request.Options.CopyState)
        {
            var position = unheard == 0 ? _position : _start + _frame - unheard;
            Reached = FlowSnapshot.Capture(position, _engine.Graphs.FlowSlots, _workspace.FlowStates);
        }

        _isInChunk = false;
    }

    private void BeginChunk(string text)
    {
        var prepared = _engine.Preparation.Prepare(text);
        using var rows = _engine.Embed(_engine.Tokenizer.Encode(prepared.Text));
        var tokens = (int)rows.Shape[1];
        if (Reached.Position + tokens + 1 > _engine.Graphs.Capacity)
        {
            throw new InvalidOperationException(
                $"The voice takes {Reached.Position} and the text '{text}' {tokens} of the model's {_engine.Graphs.Capacity} positions, so no frame is left; "
                + "start from a fresh or shorter voice state, or put spaces or marks into the text.");
        }

        _workspace.Restore(Reached);
        _workspace.Prefill(rows);
        _start = _position = Reached.Position + tokens;
        _limit = Math.Min(MostFrames(tokens), _engine.Graphs.Capacity - _position);
        _framesAfterEos = _request.Options.FramesAfterEos ?? _engine.Manifest.ModelRecommendedFramesAfterEos ?? prepared.FramesAfterEos;
        _noise = new NoiseSource(_seed, _chunk, _engine.Options.Temp, _engine.Options.NoiseClamp);
        _workspace.BeginChunk();
        (_frame, _endOfSpeech, _isInChunk, _isSaid) = (0, -1, true, false);
    }

    private bool TryNextInChunk()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_frame == _limit)
        {
            if (_endOfSpeech < 0)
                ChunksWithoutEnd++;
            _isSaid = true;
            return false;
        }

        var logit = _workspace.StepMain();
        _position++;
        if (float.IsNaN(logit))
            throw NotANumber("an end-of-speech logit");
        if (_endOfSpeech < 0 && _frame >= _engine.Options.MinFramesBeforeEos && logit > _engine.Options.EosThreshold)
            _endOfSpeech = _frame;
        if (_endOfSpeech >= 0 && _frame >= _endOfSpeech + _framesAfterEos)
        {
            _isSaid = true;
            return false;
        }

        _noise.Fill(_workspace.Latent);
        _workspace.Denoise(_engine.Options.LsdDecodeSteps);
        foreach (var value in _workspace.Latent)
        {
            if (!float.IsFinite(value))
                throw NotANumber("a latent");
        }

        _frame++;
        return true;
    }

    private InvalidOperationException NotANumber(string what) =>
        new($"The model gave {what} that is no number {Place}; its files or the voice state are damaged.");
}
