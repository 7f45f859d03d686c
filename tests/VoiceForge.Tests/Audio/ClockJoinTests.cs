using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

/// <summary>An input and an output with clocks of their own, both in virtual time.</summary>
public sealed class ClockJoinTests
{
    private const int Block = 256;
    private const int SampleRate = 48000;
    private const int InputPacket = 480; // what Windows delivers every 10 ms
    private const int OutputPacket = 441;
    private const double ToneStep = 2 * Math.PI * 100 / SampleRate;
    private const double Amplitude = 0.5;

    private readonly List<AudioCallbackFlags> _flags = [];
    private int _missing;
    private int _lastMissing; // number of the block

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(-500)]
    [InlineData(2000)]
    [InlineData(-2000)]
    public void F15_ClocksThatDriftApart_KeepLatencyBoundedAndTheSoundWhole(int inputFasterPpm)
    {
        const int seconds = 300;
        var join = Join();
        var (captured, rendered) = (0L, 0L);
        var most = 0;
        var steepest = 0f;
        var last = 0f;
        var output = new float[OutputPacket];
        var packet = new float[InputPacket];
        while (rendered < (long)seconds * SampleRate)
        {
            // Whichever is due next, each by its own clock.
            if (captured / (1 + inputFasterPpm * 1e-6) <= rendered)
            {
                for (var index = 0; index < packet.Length; index++)
                    packet[index] = (float)(Amplitude * Math.Sin(ToneStep * captured++));
                join.Capture(packet);
                continue;
            }

            join.Render(output);
            rendered += output.Length;
            most = Math.Max(most, join.Waiting);
            foreach (var sample in output)
            {
                if (rendered > SampleRate) // it begins with silence, which the stream fades in from
                    steepest = Math.Max(steepest, Math.Abs(sample - last));
                last = sample;
            }
        }

        var corrections = _flags.Count(flags => flags == AudioCallbackFlags.ClockCorrected);
        var driftFrames = Math.Abs((double)inputFasterPpm) * 1e-6 * seconds * SampleRate;
        Assert.InRange(corrections, driftFrames / 64 - 20, driftFrames / 64 + 20);
        Assert.All(_flags, flags => Assert.Contains(flags, new[] { AudioCallbackFlags.None, AudioCallbackFlags.ClockCorrected }));
        Assert.InRange(most, Block, 4 * Block); // after five minutes as after a second
        Assert.InRange(steepest, 0, 0.03f); // the tone itself reaches 0.0066
        Assert.InRange(_lastMissing, 0, 10); // before the two have found together
    }

    [Fact]
    public void F16_InputThatComesInABurst_IsCutDownToWhatShouldWait()
    {
        var join = Join();
        var output = new float[Block];
        for (var block = 0; block < 100; block++)
        {
            join.Capture(Constant(0.25f, Block));
            join.Render(output);
        }

        join.Capture(Constant(0.25f, 10 * Block));
        var before = join.Waiting;
        for (var block = 0; block < 250; block++)
        {
            join.Capture(Constant(0.25f, Block));
            join.Render(output);
            Assert.Equal(Constant(0.25f, Block), output);
        }

        Assert.True(before > 10 * Block);
        Assert.InRange(join.Waiting, 0, 3 * Block);
        Assert.Contains(AudioCallbackFlags.InputOverrun, _flags);
    }

    [Fact]
    public void InputThatStops_IsMissingUntilItIsBackAndNeverRepeated()
    {
        var join = Join();
        var output = new float[Block];
        for (var block = 0; block < 10; block++)
        {
            join.Capture(Constant(0.25f, Block));
            join.Render(output);
        }

        for (var block = 0; block < 10; block++)
            join.Render(output);
        Assert.InRange(_missing, 8, 10);
        Assert.All(output, sample => Assert.Equal(0, sample));

        for (var block = 0; block < 5; block++)
        {
            join.Capture(Constant(0.25f, Block));
            join.Render(output);
        }

        Assert.Equal(Constant(0.25f, Block), output);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 333)]
    public void Output_IsAskedForInAnyPieces(int channels, int frames)
    {
        var number = 0;
        var join = new ClockJoin(new AudioStreamFormat(0, 0, SampleRate, 32, channels), (input, output, _) =>
        {
            Assert.Equal((32 * channels, 32 * channels), (input.Length, output.Length));
            foreach (ref var sample in output)
                sample = number++;
        });
        var expected = 0;
        var played = new float[frames * channels];
        for (var call = 0; call < 500; call++)
        {
            join.Render(played);
            Assert.All(played, sample => Assert.Equal(expected++, sample));
        }
    }

    [Fact]
    public void CaptureAndRender_AllocateNothing()
    {
        var join = new ClockJoin(new AudioStreamFormat(0, 0, SampleRate, Block, 1), (input, output, _) => output.Clear());
        var (input, output) = (new float[InputPacket], new float[OutputPacket]);
        Run(2000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Run(2000);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run(int times)
        {
            for (var time = 0; time < times; time++)
            {
                join.Capture(input); // faster than the output: with cuts and corrections
                join.Render(output);
            }
        }
    }

    private static float[] Constant(float value, int frames)
    {
        var block = new float[frames];
        Array.Fill(block, value);
        return block;
    }

    private ClockJoin Join() => new(new AudioStreamFormat(0, 0, SampleRate, Block, 1), (input, output, flags) =>
    {
        _flags.Add(flags);
        if (input.IsEmpty)
        {
            _missing++;
            _lastMissing = _flags.Count;
            output.Clear();
        }
        else
        {
            input.CopyTo(output);
        }
    });
}
