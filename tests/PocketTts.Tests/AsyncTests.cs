using Microsoft.ML.OnnxRuntime;
using PocketTts.Onnx;

namespace PocketTts.Tests;

public sealed class AsyncTests : IDisposable
{
    private const string Text = "First sentence, which is long enough. Second sentence, which is long enough too. Third.";
    private readonly TtsModel _model = TtsModel.LoadModel("tone");
    private readonly VoiceState _voice;

    public AsyncTests() => _voice = _model.GetStateForAudioPrompt("alba");

    public void Dispose()
    {
        _voice.Dispose();
        _model.Dispose();
    }

    [Fact]
    public async Task Load_ReportsEveryFileOnce()
    {
        var reports = new Reports();

        using var model = await TtsModel.LoadModelAsync("tone", progress: reports);

        Assert.Equal(24000, model.SampleRate);
        Assert.Equal(Enumerable.Range(1, 7), reports.Select(r => r.Loaded));
        Assert.All(reports, r => Assert.Equal(7, r.Total));
        Assert.Equal(
            ["bundle.json", "flow_lm_flow.onnx", "flow_lm_main.onnx", "mimi_decoder.onnx", "mimi_encoder.onnx", "text_conditioner.onnx", "tokenizer.model"],
            reports.Select(r => r.File).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task CancelledLoad_StopsAfterTheFileItReads()
    {
        using var cancellation = new CancellationTokenSource();
        var reports = new Reports(r =>
        {
            if (r.Loaded == 3)
                cancellation.Cancel();
        });

        var load = TtsModel.LoadModelAsync(new TtsModelOptions { Variant = "tone" }, reports, cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        Assert.True(load.IsCanceled);
        Assert.Equal(3, reports.Count);
    }

    [Fact]
    public async Task FailedLoad_IsTheErrorOfTheTask()
    {
        var unknown = TtsModel.LoadModelAsync("klingon");
        var wrong = TtsModel.LoadModelAsync("tone", lsdDecodeSteps: 0);

        Assert.Contains("klingon", (await Assert.ThrowsAsync<FileNotFoundException>(() => unknown)).Message);
        Assert.Equal("lsdDecodeSteps", (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => wrong)).ParamName);
        Assert.Throws<ArgumentNullException>(() => { _ = TtsModel.LoadModelAsync((TtsModelOptions)null!); });
    }

    [Fact]
    public async Task AllForms_GiveTheSameSamples()
    {
        var expected = _model.GenerateAudio(_voice, Text);
        var streamed = new List<float>();
        var handed = new List<ReadOnlyMemory<float>>();

        var whole = await _model.GenerateAudioAsync(_voice, Text);
        await foreach (var frame in _model.GenerateAudioStreamAsync(_voice, Text))
            streamed.AddRange(frame);
        await _model.GenerateAudioStreamAsync(_voice, Text, handed.Add);

        Assert.Equal(expected, whole);
        Assert.Equal(expected, streamed);
        Assert.Equal(expected, handed.SelectMany(h => h.ToArray()));
        Assert.All(handed, h => Assert.Equal(1920, h.Length));
    }

    [Fact]
    public async Task OneModelAndOneVoice_ServeManyAtOnce()
    {
        string[] texts = ["alpha beta", "gamma. delta, epsilon", "zeta 1 2 3", "eta theta iota kappa"];
        var expected = texts.Select(t => _model.GenerateAudio(_voice, t)).ToArray();

        var runs = Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? _model.GenerateAudioAsync(_voice, texts[i % 4]) : CollectAsync(_model, _voice, texts[i % 4]));

        foreach (var (audio, i) in (await Task.WhenAll(runs)).Select((a, i) => (a, i)))
            Assert.Equal(expected[i % 4], audio);
    }

    [Fact]
    public async Task CancellationInTheCallback_EndsWithThatFrame()
    {
        using var cancellation = new CancellationTokenSource();
        var frames = 0;

        var task = _model.GenerateAudioStreamAsync(
            _voice,
            Text,
            _ =>
            {
                if (++frames == 2)
                    cancellation.Cancel();
            },
            cancellationToken: cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.True(task.IsCanceled);
        Assert.Equal(2, frames);
    }

    [Fact]
    public async Task CancelledStream_GivesNoFurtherFrame_AndFreesItsWorkspace()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });
        using var voice = engine.CreateVoice("alba", truncate: false);
        using var cancellation = new CancellationTokenSource();
        var frames = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            var stream = SpeechThread.Stream(engine, engine.Request(voice, Text, new GenerationOptions()), CancellationToken.None);
            await foreach (var frame in stream.WithCancellation(cancellation.Token))
            {
                if (++frames == 3)
                    await cancellation.CancelAsync();
            }
        });

        Assert.Equal(3, frames);
        Assert.Equal(0, engine.ActiveGenerations);
        Assert.Equal("hi.", ToneReader.Read(engine.Generate(voice, "hi", new GenerationOptions()))); // in the same workspace
    }

    [Fact]
    public async Task StreamLeftEarly_HasEndedWhenTheLoopHas()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });
        using var voice = engine.CreateVoice("alba", truncate: false);
        var request = engine.Request(voice, Text, new GenerationOptions { CopyState = false });

        await foreach (var frame in SpeechThread.Stream(engine, request, CancellationToken.None))
        {
            Assert.Equal(1, engine.ActiveGenerations);
            break;
        }

        Assert.Equal(0, engine.ActiveGenerations);
        Assert.Equal(1, voice.Share().Position); // as before, and free
    }

    [Fact]
    public async Task CancelledContinuation_LeavesTheStateAsItWas()
    {
        using var cancellation = new CancellationTokenSource();
        var continuation = new GenerationOptions { CopyState = false };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _model.GenerateAudioStreamAsync(_voice, Text, _ => cancellation.Cancel(), continuation, cancellation.Token));

        Assert.Equal(1, _voice.Share().Position);
        Assert.Equal("hi.", ToneReader.Read(await _model.GenerateAudioAsync(_voice, "hi", continuation)));
    }

    [Fact]
    public async Task TokenThatIsCancelledAlready_StartsNothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TtsModel.LoadModelAsync("tone", cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _model.GenerateAudioAsync(_voice, Text, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _model.GenerateAudioStreamAsync(_voice, Text, _ => Assert.Fail("called"), cancellationToken: cancelled));
    }

    [Fact]
    public void TerminatedRun_Ends_AndTheWorkspaceCanBeRevived()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });
        using var workspace = new GenerationWorkspace(engine.Graphs);
        workspace.Latents.ResetFlow();
        workspace.Latents.BeginChunk();

        workspace.Terminate();

        Assert.Throws<OnnxRuntimeException>(() => workspace.Latents.StepMain());
        workspace.Revive();
        Assert.True(float.IsFinite(workspace.Latents.StepMain()));
    }

    [Fact]
    public async Task ErrorOfTheCallback_EndsTheGenerationAndIsThatOfTheTask()
    {
        var frames = 0;

        var error = await Assert.ThrowsAsync<InvalidDataException>(
            () => _model.GenerateAudioStreamAsync(_voice, Text, _ => throw new InvalidDataException($"frame {++frames}")));

        Assert.Equal("frame 1", error.Message);
        Assert.Equal(1, frames);
    }

    [Fact]
    public async Task ErrorOfTheModel_ReachesTheReaderOnce()
    {
        using var folder = new BundleFolder(f => f["flow_lm_flow.onnx"] = FlowGraphs.Write(g => g.Op("Div", g.Constant(0f), g.Constant(0f))));
        using var model = folder.Load();
        using var voice = model.GetStateForAudioPrompt("alba");
        await using var frames = model.GenerateAudioStreamAsync(voice, "a").GetAsyncEnumerator();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await frames.MoveNextAsync());

        Assert.Contains("no number", error.Message);
        Assert.False(await frames.MoveNextAsync());
    }

    [Fact]
    public void Arguments_AreCheckedAtOnce()
    {
        Assert.Throws<ArgumentException>(() => { _ = _model.GenerateAudioAsync(_voice, " "); });
        Assert.Throws<ArgumentNullException>(() => { _ = _model.GenerateAudioAsync(null!, "a"); });
        Assert.Throws<ArgumentOutOfRangeException>(() => _model.GenerateAudioStreamAsync(_voice, "a", new GenerationOptions { MaxTokens = 0 }));
        Assert.Throws<ArgumentNullException>(() => { _ = _model.GenerateAudioStreamAsync(_voice, "a", onChunk: null!); });
    }

    [Fact]
    public async Task ModelAndStateDisposedWhileSpeaking_AreSpokenToTheEnd()
    {
        var audio = new List<float>();
        await foreach (var frame in _model.GenerateAudioStreamAsync(_voice, "abc"))
        {
            _model.Dispose();
            _voice.Dispose();
            audio.AddRange(frame);
        }

        Assert.Equal("abc.", ToneReader.Read(audio.ToArray()));
        Assert.Throws<ObjectDisposedException>(() => { _ = _model.GenerateAudioAsync(_voice, "x"); });
    }

    [Fact]
    public async Task ModelDisposedUnderManyCallers_ThrowsNothingElseAtThem()
    {
        var spoken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var callers = Enumerable.Range(0, 6).Select(i => SpeechThread.Run(() => SpeakUntilDisposed(i), CancellationToken.None)).ToArray();

        await spoken.Task;
        _model.Dispose();

        Assert.All(await Task.WhenAll(callers), e => Assert.Contains(nameof(TtsModel), e.ObjectName));

        ObjectDisposedException SpeakUntilDisposed(int caller)
        {
            while (true)
            {
                try
                {
                    using var voice = _model.GetStateForAudioPrompt(ToneVoiceTests.Square(0.1 * (caller + 1), 1920), 24000);
                    Assert.NotEmpty(_model.GenerateAudio(voice, "hi"));
                    spoken.TrySetResult();
                }
                catch (ObjectDisposedException e)
                {
                    return e;
                }
            }
        }
    }

    private static async Task<float[]> CollectAsync(TtsModel model, VoiceState voice, string text)
    {
        var audio = new List<float>();
        await foreach (var frame in model.GenerateAudioStreamAsync(voice, text))
            audio.AddRange(frame);
        return [.. audio];
    }

    private sealed class Reports(Action<LoadProgress>? then = null) : List<LoadProgress>, IProgress<LoadProgress>
    {
        public void Report(LoadProgress value)
        {
            Add(value);
            then?.Invoke(value);
        }
    }
}
