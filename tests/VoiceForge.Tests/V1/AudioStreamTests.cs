using System.Reflection;
using System.Text.RegularExpressions;
using VoiceForge.Audio;
using VoiceForge.Tests.Audio;

namespace VoiceForge.Tests.V1;

[Collection(EnvironmentCollection.Name)]
public sealed class AudioStreamTests : IDisposable
{
    private const int PullFrames = 4096;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly EnvironmentScope _environment = new();
    private readonly VirtualBackend _backend = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void Processing_ComesBackOnePullLaterInBlocksOf4096()
    {
        using var stream = new AudioStream(0, 1, 48000, bufferSize: 256, _backend);
        var lengths = new List<int>();
        stream.SetProcessingCallback(block =>
        {
            lengths.Add(block.Length);
            return Array.ConvertAll(block, sample => -sample);
        });
        stream.Start();
        Assert.True(stream.IsRunning);

        var heard = new List<float>();
        for (var block = 0; block < 32; block++)
        {
            var input = Enumerable.Range(block * 256, 256).Select(index => index + 1f).ToArray();
            heard.AddRange(_backend.Play(input));
            if (block == 15)
                Assert.True(SpinWait.SpinUntil(() => stream.FramesToPlay == PullFrames, Limit)); // the worker, however slow
        }

        stream.Stop();
        stream.Stop();
        Assert.False(stream.IsRunning);
        Assert.All(heard[..PullFrames], sample => Assert.Equal(0, sample));
        Assert.Equal(Enumerable.Range(1, PullFrames).Select(value => (float)-value), heard[PullFrames..]);
        Assert.All(lengths, length => Assert.Equal(PullFrames, length));
        Assert.Equal((1, 1), (_backend.Opened, _backend.Closed));
    }

    [Fact]
    public void FailingDevice_Throws()
    {
        using var stream = new AudioStream(0, 1, 48000, 256, new VirtualBackend { FailOnOpen = new AudioBackendException("unplugged") });

        Assert.Equal("unplugged", Assert.ThrowsAny<IOException>(stream.Start).Message);
        Assert.False(stream.IsRunning);
    }

    [Fact]
    public void NoDevice_ThrowsAndSaysWhatToSet()
    {
        using var stream = new AudioStream(0, 1);
        using var app = new VoiceForgeApp();

        Assert.Contains("VOICEFORGE_BACKEND", Assert.ThrowsAny<IOException>(stream.Start).Message);
        Assert.Contains("VOICEFORGE_BACKEND", Assert.ThrowsAny<IOException>(app.Initialize).Message);
        Assert.Throws<InvalidOperationException>(app.StartGoldenPath);
    }

    [Fact]
    public void FailingCallback_EndsTheStreamNotTheProcess()
    {
        using var stream = new AudioStream(0, 1, 48000, bufferSize: 4096, _backend);
        stream.SetProcessingCallback(_ => null!);
        stream.Start();

        _backend.Play(0.5f);

        Assert.True(SpinWait.SpinUntil(() => !stream.IsRunning && _backend.Closed == 1, Limit));
        Assert.Equal(0, _backend.Play(0.5f)[0]);
        stream.SetProcessingCallback(null);
        stream.Start();
        Assert.True(stream.IsRunning);
    }

    [Fact]
    public void Application_PlaysAFileNamedByTheEnvironmentWithoutAConfiguration()
    {
        var samples = Enumerable.Range(1, 24_000).Select(index => index / 24_000f).ToArray();
        WavFile.Write("in.wav", samples, 48000);
        _environment.Set("wav", "in.wav", "out.wav");
        using (var app = new VoiceForgeApp())
        {
            app.Initialize();
            app.StartGoldenPath();
            Assert.True(SpinWait.SpinUntil(() => IsComplete("out.wav", samples.Length), Limit));
            app.Stop();
        }

        // Real time: how late, and with what gaps, is the scheduler's choice; but what is heard is the input, in order.
        var heard = WavFile.Read("out.wav", out _, out _);
        var sounding = heard.Where(sample => sample != 0).ToArray();
        Assert.Equal(samples[..sounding.Length], sounding);
        Assert.All(heard[..PullFrames], sample => Assert.Equal(0, sample));
    }

    [Theory]
    [InlineData(typeof(RingBuffer), "MK0101")]
    [InlineData(typeof(AudioStream), "MK0103")]
    [InlineData(typeof(VoiceForgeApp), "MK0107")]
    public void V1Type_IsObsoleteWithItsRule(Type type, string rule)
    {
        var obsolete = type.GetCustomAttribute<ObsoleteAttribute>()!;

        Assert.Equal("MKOBSOLETE", obsolete.DiagnosticId);
        Assert.Matches($"^https://github.com/.*/{Regex.Escape(rule)}\\.md$", obsolete.UrlFormat);
        Assert.False(obsolete.IsError);
    }

    private static bool IsComplete(string path, int length)
    {
        try
        {
            return WavFile.Read(path, out _, out _).Length == length;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return false; // still being written
        }
    }
}
