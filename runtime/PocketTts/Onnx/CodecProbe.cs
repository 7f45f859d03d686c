using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>Tries <c>mimi_decoder</c> out with states of its own, which also warms it up: no session tells how many samples a latent gives.</summary>
internal sealed class CodecProbe
{
    /// <summary>Of the loudest sample; rounding is a hundredth of it, the rounding of an 8-bit decoder a hundred times as much.</summary>
    private const float Tolerance = 1e-4f;

    private const int LatentsAxis = 1;
    private readonly InferenceSession _decoder;
    private readonly StateSlot[] _slots;
    private readonly int _latentSize;

    public CodecProbe(InferenceSession decoder, StateSlot[] slots, int latentSize)
    {
        _decoder = decoder;
        _slots = slots;
        _latentSize = latentSize;
    }

    /// <returns>The shape of the samples of one latent.</returns>
    /// <exception cref="InvalidDataException">The decoder does not run, or gives another number than the manifest says.</exception>
    public long[] ShapeOfFrame(int statedSamples, string manifestLocation)
    {
        try
        {
            using var run = new Trial(this);
            run.Decode(new float[_latentSize]);
            var samples = run.Samples.Length;
            if (samples < 1 || (statedSamples != 0 && statedSamples != samples))
                throw new InvalidDataException($"mimi_decoder gives {samples} samples for a latent; '{manifestLocation}' says samples_per_frame {statedSamples}.");
            return run.Shape;
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"mimi_decoder does not decode a single latent: {e.Message}", e);
        }
    }

    /// <summary>Whether two latents at once give the samples of one after the other.</summary>
    /// <remarks>
    /// Not with 8-bit decoders, which scale by what comes together. Nor with split caches, as 16-bit ones are: their ring holds no more than is
    /// looked back on, so a block overwrites what its first frames still need. That shows from the sixteenth frame on, so it is told by the shape.
    /// </remarks>
    public bool TakesSeveral()
    {
        var isRingTight = _slots.Any(s => s.Type == TensorElementType.Float16 || (!s.IsConstant && s.Shape.Length == StateSlot.SplitRank));
        if (isRingTight || _decoder.InputMetadata["latent"].Dimensions[LatentsAxis] >= 0)
            return false;

        float[] first = Latent(1), second = Latent(2);
        using Trial single = new(this), both = new(this);
        single.Decode(first);
        float[] expected = [.. single.Samples];
        single.Decode(second);
        expected = [.. expected, .. single.Samples];
        try
        {
            both.Decode([.. first, .. second]);
        }
        catch (OnnxRuntimeException)
        {
            return false; // it says that any number may come, but was exported for one
        }

        var largest = expected.Max(MathF.Abs) * Tolerance;
        return both.Samples.Length == expected.Length && both.Samples.Zip(expected).All(p => MathF.Abs(p.First - p.Second) <= largest);
    }

    /// <summary>Values as latents have them: around zero, about one.</summary>
    private float[] Latent(int number) => [.. Enumerable.Range(1, _latentSize).Select(i => MathF.Sin(number * i))];

    /// <summary>One life of the decoder, from silence on.</summary>
    private sealed class Trial : IDisposable
    {
        private readonly CodecProbe _probe;
        private readonly RunOptions _options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL }; // what fails is told by who asked
        private readonly NativeTensor[] _states;

        public Trial(CodecProbe probe)
        {
            _probe = probe;
            _states = Array.ConvertAll(probe._slots, s => s.CreateTensor());
            for (var i = 0; i < _states.Length; i++)
                probe._slots[i].Reset(_states[i]);
        }

        public float[] Samples { get; private set; } = [];

        public long[] Shape { get; private set; } = [];

        public void Decode(float[] latents)
        {
            using var input = new NativeTensor(TensorElementType.Float, 1, latents.Length / _probe._latentSize, _probe._latentSize);
            latents.CopyTo(input.Floats);
            using var outputs = _probe._decoder.Run(
                _options,
                ["latent", .. _probe._slots.Select(s => s.Input)],
                [input.Value, .. _states.Select(s => s.Value)],
                ["audio_frame", .. _probe._slots.Select(s => s.Output)]);
            Shape = outputs[0].GetTensorTypeAndShape().Shape;
            Samples = outputs[0].GetTensorDataAsSpan<float>().ToArray();
            for (var i = 0; i < _states.Length; i++)
            {
                if (_states[i].Bytes.Length > 0)
                    outputs[i + 1].GetTensorDataAsSpan<byte>().CopyTo(_states[i].Bytes);
            }
        }

        public void Dispose()
        {
            Array.ForEach(_states, s => s.Dispose());
            _options.Dispose();
        }
    }
}
