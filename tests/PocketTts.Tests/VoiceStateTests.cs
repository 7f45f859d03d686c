namespace PocketTts.Tests;

public sealed class VoiceStateTests : IDisposable
{
    private static readonly GenerationOptions Continue = new() { CopyState = false };
    private readonly TtsModel _model = TtsModel.LoadModel(new TtsModelOptions { Variant = "tone", MinFramesBeforeEos = 0 });
    private readonly VoiceState _voice;

    public VoiceStateTests() => _voice = _model.GetStateForAudioPrompt("fantine");

    public void Dispose()
    {
        _voice.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void CopiedState_StaysAsItIs()
    {
        _model.GenerateAudio(_voice, "hello");

        Assert.Equal(1, _voice.Share().Position);
    }

    [Fact]
    public void ContinuedState_RemembersTextAndFrames()
    {
        var first = _model.GenerateAudio(_voice, "ab", Continue);
        var position = _voice.Share().Position;
        var second = _model.GenerateAudio(_voice, "cd", Continue);

        // The voice, three tokens, six frames of speech and five after it, and the run that decided to stop.
        Assert.Equal(1 + 3 + 6 + 5 + 1, position);
        Assert.Equal(position + 3 + 6 + 5 + 1, _voice.Share().Position);
        Assert.Equal("ab.", ToneReader.Read(first, "fantine"));
        Assert.Equal("cd.", ToneReader.Read(second, "fantine"));
    }

    [Fact]
    public void AbandonedContinuation_KeepsWhatWasSpoken()
    {
        using (var frames = _model.GenerateAudioStream(_voice, "abc", Continue).GetEnumerator())
        {
            Assert.True(frames.MoveNext());
            Assert.True(frames.MoveNext());
        }

        Assert.Equal(1 + 4 + 2, _voice.Share().Position);
        Assert.Equal("x.", ToneReader.Read(_model.GenerateAudio(_voice, "x"), "fantine"));
    }

    [Fact]
    public void ContinuedState_ServesOneCaller()
    {
        using var frames = _model.GenerateAudioStream(_voice, "abc", Continue).GetEnumerator();
        Assert.True(frames.MoveNext());

        var error = Assert.Throws<InvalidOperationException>(() => _model.GenerateAudio(_voice, "x"));

        Assert.Contains("CopyState", error.Message);
    }

    [Fact]
    public void FullState_IsReportedWithWhatToDo()
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var i = 0; i < 100; i++)
                _model.GenerateAudio(_voice, "abcdefghij", Continue);
        });

        Assert.Contains("1000", error.Message);
        Assert.Contains("fresh", error.Message);
    }

    [Fact]
    public void StateDisposedWhileSpeaking_IsSpokenToItsEnd()
    {
        using var frames = _model.GenerateAudioStream(_voice, "abc").GetEnumerator();
        Assert.True(frames.MoveNext());
        var audio = new List<float>(frames.Current);

        _voice.Dispose();
        while (frames.MoveNext())
            audio.AddRange(frames.Current);

        Assert.Equal("abc.", ToneReader.Read(audio.ToArray(), "fantine"));
        Assert.Throws<ObjectDisposedException>(() => _model.GenerateAudio(_voice, "x"));
    }

    [Fact]
    public void ModelDisposedWhileSpeaking_IsSpokenToItsEnd()
    {
        using var frames = _model.GenerateAudioStream(_voice, "abc").GetEnumerator();
        Assert.True(frames.MoveNext());
        var audio = new List<float>(frames.Current);

        _model.Dispose();
        _model.Dispose();
        while (frames.MoveNext())
            audio.AddRange(frames.Current);

        Assert.Equal("abc.", ToneReader.Read(audio.ToArray(), "fantine"));
        Assert.Throws<ObjectDisposedException>(() => _model.GenerateAudio(_voice, "x"));
        Assert.Throws<ObjectDisposedException>(() => _model.GetStateForAudioPrompt("alba"));
        Assert.Throws<ObjectDisposedException>(() => _model.GetStateForAudioPrompt([1f], 24000));
    }
}
