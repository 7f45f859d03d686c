using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class BackendTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly BufferPool _pool = new(slotSizeSamples: 4096, numSlots: 2);

    public void Dispose()
    {
        _pool.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 256)]
    [InlineData(false, 10_007)]
    [InlineData(true, 2_000)]
    public async Task GoldenPath_CopiesEverySampleAtItsPlace(bool realTime, int length)
    {
        var samples = Enumerable.Range(0, length).Select(index => MathF.Sin(index) / 2).ToArray();
        WavFile.Write(_folder.PathOf("in.wav"), samples, 48000);

        await RunAsync(stream => { }, realTime);

        Assert.Equal(samples, WavFile.Read(_folder.PathOf("out.wav"), out var sampleRate, out var channels));
        Assert.Equal((48000, 1), (sampleRate, channels));
    }

    [Fact]
    public async Task ProcessedFile_KeepsTheImpulseAtItsSample()
    {
        var samples = new float[5000];
        samples[3333] = 0.5f;
        WavFile.Write(_folder.PathOf("in.wav"), samples, 48000);

        await RunAsync(stream => stream.SetProcessingCallback(block => Array.ConvertAll(block, sample => -sample)), realTime: false);

        var output = WavFile.Read(_folder.PathOf("out.wav"), out _, out _);
        Assert.Equal(5000, output.Length);
        Assert.Equal(-0.5f, output[3333]);
        Assert.Single(output, sample => sample != 0);
    }

    [Fact]
    public void FileOfAnotherRate_MakesStartFalseAndNamesBoth()
    {
        WavFile.Write(_folder.PathOf("in.wav"), new float[100], 44100);
        using var stream = Stream(realTime: false);

        Assert.False(stream.Start());

        Assert.Contains("44100", stream.LastError);
        Assert.Contains("48000", stream.LastError);
        Assert.False(File.Exists(_folder.PathOf("out.wav")));
    }

    [Fact]
    public void MissingBrokenOrUnwritableFile_MakesStartFalseWithItsName()
    {
        using (var missing = Stream(realTime: false))
        {
            Assert.False(missing.Start());
            Assert.Contains("in.wav", missing.LastError);
        }

        _folder.Write("in.wav", "no wav file"u8.ToArray());
        using (var broken = Stream(realTime: false))
        {
            Assert.False(broken.Start());
            Assert.Contains("in.wav", broken.LastError);
        }

        WavFile.Write(_folder.PathOf("in.wav"), new float[100], 48000);
        Directory.CreateDirectory(_folder.PathOf("out.wav"));
        using var unwritable = Stream(realTime: false);
        Assert.False(unwritable.Start());
        Assert.Contains("out.wav", unwritable.LastError);
    }

    [Fact]
    public void WavStoppedEarly_LeavesACompleteFileOfWhatWasPlayed()
    {
        WavFile.Write(_folder.PathOf("in.wav"), new float[480_000], 48000);
        using var stream = Stream(realTime: true);
        var first = new ManualResetEventSlim();
        stream.SetProcessor((input, output) =>
        {
            input.CopyTo(output);
            first.Set();
        });
        Assert.True(stream.Start());
        Assert.True(first.Wait(Limit));

        stream.Stop();

        Assert.InRange(WavFile.Read(_folder.PathOf("out.wav"), out _, out _).Length, 256, 480_000 - 1);
    }

    [Fact]
    public void WavDevices_NameTheFiles()
    {
        WavFile.Write(_folder.PathOf("in.wav"), new float[4], 48000, channels: 2);
        using var backend = new WavBackend(_folder.PathOf("in.wav"), _folder.PathOf("out.wav"));

        Assert.Equal(
            [
                new AudioDevice(0, _folder.PathOf("in.wav"), 2, 0, true, false),
                new AudioDevice(1, _folder.PathOf("out.wav"), 0, 2, false, true),
            ],
            backend.Devices);
        Assert.Throws<ArgumentException>(() => new WavBackend("a.wav", "./a.wav"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Loopback_ReturnsWhatWasPlayedAfterItsLatency(int latencyBlocks)
    {
        var heard = new List<float>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stream = new AudioStreamV2(0, 0, _pool, bufferSize: 32, backend: new LoopbackBackend(latencyBlocks, realTime: false));
        stream.SetProcessor((input, output) =>
        {
            if (heard.Count < 20)
            {
                heard.Add(input[5]);
                output.Clear();
                output[5] = heard.Count / 100f; // the number of the block
            }
            else
            {
                output.Clear();
                done.TrySetResult();
            }
        });

        Assert.True(stream.Start());
        await done.Task.WaitAsync(Limit);
        stream.Stop();

        var silent = latencyBlocks + 1;
        Assert.All(heard[..silent], sample => Assert.Equal(0, sample));
        Assert.Equal(Enumerable.Range(1, 20 - silent).Select(number => number / 100f), heard[silent..]);
    }

    private AudioStreamV2 Stream(bool realTime) =>
        new(0, 1, _pool, backend: new WavBackend(_folder.PathOf("in.wav"), _folder.PathOf("out.wav"), realTime));

    private async Task RunAsync(Action<AudioStreamV2> prepare, bool realTime)
    {
        using var stream = Stream(realTime);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stream.StateChanged += (_, change) =>
        {
            if (change.To is StreamState.Stopped or StreamState.Failed)
                ended.TrySetResult();
        };
        prepare(stream);
        Assert.True(stream.Start(), stream.LastError);
        await ended.Task.WaitAsync(Limit);
        Assert.Equal(StreamState.Stopped, stream.State);
        Assert.Equal(0, stream.GetStats().RejectedBlocks);
    }
}
