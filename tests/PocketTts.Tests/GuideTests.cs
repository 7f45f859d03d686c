using System.Reflection;

namespace PocketTts.Tests;

/// <summary>The tests that the migration guide gives in "Testing Migrations", one each and in their order.</summary>
/// <remarks>What must be absent is looked for in the build without V1, as version 2.0 has it; the tone voice stands for a model.</remarks>
public sealed class GuideTests : IDisposable
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
    private readonly TtsModel _model = TtsModel.LoadModel("tone");
    private readonly VoiceState _voiceState;

    public GuideTests() => _voiceState = _model.GetStateForAudioPrompt("alba");

    public void Dispose()
    {
        _voiceState.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void ApiChanges_NewMethodsExistAndOldOnesDoNot()
    {
        var type = V2Only();

        Assert.All(["GenerateAudio", "GenerateAudioStream", "GetStateForAudioPrompt"], name =>
        {
            Assert.NotEmpty(type.GetMember(name));
            Assert.NotEmpty(typeof(TtsModel).GetMember(name));
        });
        Assert.All(["Generate", "Stream", "LoadVoice"], name => Assert.Empty(type.GetMember(name, Everything)));
    }

    [Fact]
    public void ParameterNames_AreTheNewOnes()
    {
        var parameters = V2Only().GetMember("LoadModel", Everything).Cast<MethodInfo>().SelectMany(m => m.GetParameters()).Select(p => p.Name).ToList();

        Assert.Contains("lsdDecodeSteps", parameters);
        Assert.Contains("eosThreshold", parameters);
        Assert.DoesNotContain("steps", parameters);
        Assert.DoesNotContain("eos", parameters);
    }

    [Fact]
    public void Generation_GivesAudio()
    {
        var audio = _model.GenerateAudio(_voiceState, "Test migration");

        Assert.Equal("test migration.", ToneReader.Read(audio));
    }

    [Fact]
    public void Streaming_GivesChunks()
    {
        var chunks = _model.GenerateAudioStream(_voiceState, "Test streaming").ToList();

        Assert.NotEmpty(chunks);
        Assert.Equal("test streaming.", ToneReader.Read(chunks.SelectMany(c => c).ToArray()));
    }

    [Fact]
    public void EndToEnd_WritesAFile()
    {
        var audio = _model.GenerateAudio(_voiceState, "Integration test");
        var path = Path.Combine(Directory.CreateTempSubdirectory("pocket-tts-").FullName, "integration.wav");

        File.WriteAllBytes(path, WavReaderTests.Wav(format: 3, bits: 32, channels: 1, [.. audio.SelectMany(BitConverter.GetBytes)], sampleRate: _model.SampleRate));

        var (samples, sampleRate) = Voices.WavReader.Read(File.ReadAllBytes(path), path);
        Assert.Equal(24000, sampleRate);
        Assert.Equal("integration test.", ToneReader.Read(samples));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static Type V2Only() => Flavour.Load("V2OnlyAssembly").GetType("PocketTts.TtsModel", throwOnError: true)!;
}
