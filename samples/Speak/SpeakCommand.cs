using System.Diagnostics;
using System.Globalization;
using PocketTts;
using VoiceForge.Audio;

namespace Speak;

/// <summary>Loads the model, speaks while the audio is made, and says how fast that was.</summary>
internal static class SpeakCommand
{
    private const int Success = 0, Failure = 1, Usage = 2, Cancelled = 130;
    private const string BuiltIn = "tone";

    /// <param name="options">The command line.</param>
    /// <param name="openPipe">Asked for standard output if the audio goes there; <paramref name="output"/> then goes to <paramref name="error"/>.</param>
    /// <param name="output">What was done.</param>
    /// <param name="error">Progress and errors.</param>
    /// <param name="cancellationToken">Ends it in the middle of a frame.</param>
    /// <returns>0; 1 if the text was not spoken, with the reason on <paramref name="error"/>; 130 when cancelled.</returns>
    public static async Task<int> RunAsync(
        SpeakOptions options, Func<Stream> openPipe, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            if (options.Output == PcmPipe.Name)
                await SpeakAsync(options, new PcmPipe(openPipe()), error, error, cancellationToken);
            else
                await SpeakAsync(options, null, output, error, cancellationToken);
            return Success;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("cancelled; no file was written.");
            return Cancelled;
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"error: {e.Message}");
            return Failure;
        }
    }

    /// <returns>2.</returns>
    public static int Refuse(TextWriter error, IEnumerable<string> reasons)
    {
        error.WriteLine($"error: {string.Join(" ", reasons)} 'speak --help' lists what exists.");
        return Usage;
    }

    private static async Task SpeakAsync(SpeakOptions options, PcmPipe? pipe, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using var model = await TtsModel.LoadModelAsync(ModelOptions(options), new LoadLine(error), cancellationToken);
        using var voice = model.GetStateForAudioPrompt(options.Voice);
        string? whySilent = null;
        using var player = pipe is null ? Player.TryStart(model.SampleRate, out whySilent) : null;
        if (player is null && options.Output is null)
            throw new InvalidOperationException($"There is nothing to play on and no --out to write. {whySilent}");
        if (whySilent is not null)
            await error.WriteLineAsync($"Not played: {whySilent}");

        var audio = new List<float>();
        var clock = Stopwatch.StartNew();
        var first = TimeSpan.Zero;
        await foreach (var frame in model.GenerateAudioStreamAsync(voice, options.Text, cancellationToken: cancellationToken))
        {
            if (audio.Count == 0)
                first = clock.Elapsed;
            audio.AddRange(frame);
            if (player is not null)
                await player.PlayAsync(frame, cancellationToken);
            if (pipe is not null)
                await pipe.WriteAsync(frame, cancellationToken);
            Progress(error, audio.Count / (double)model.SampleRate);
        }

        var length = TimeSpan.FromSeconds(audio.Count / (double)model.SampleRate);
        var elapsed = clock.Elapsed;
        if (player is not null)
            await player.FinishAsync(cancellationToken);
        var file = options.Output is null || pipe is not null ? null : Path.GetFullPath(options.Output);
        if (file is not null)
            WavFile.Write(file, [.. audio], model.SampleRate);
        var paced = player is not null ? ", at the pace of the device" : pipe is not null ? ", at the pace of the reader" : "";
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{length.TotalSeconds:0.00} s of audio in {elapsed.TotalSeconds:0.00} s (real-time factor {elapsed / length:0.00}{paced}), "
            + $"first after {first.TotalMilliseconds:0} ms"));
        if (file is not null)
            await output.WriteLineAsync(file);
    }

    private static TtsModelOptions ModelOptions(SpeakOptions options)
    {
        if (options.Model == BuiltIn)
            return new TtsModelOptions { Variant = BuiltIn, Seed = options.Seed };
        var folder = new DirectoryInfo(options.Model);
        return folder.Exists
            ? new TtsModelOptions { Variant = folder.Name, ModelDirectory = folder.Parent?.FullName ?? folder.FullName, Seed = options.Seed }
            : throw new DirectoryNotFoundException($"'{folder.FullName}' is no folder; give --model the folder of a model, or \"{BuiltIn}\".");
    }

    private static void Progress(TextWriter error, double seconds)
    {
        if (!Console.IsErrorRedirected)
            error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{seconds,6:0.0} s\r"));
    }

    private sealed class LoadLine(TextWriter error) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value)
        {
            if (!Console.IsErrorRedirected)
                error.Write($"\r{value.Loaded} of {value.Total}: {value.File,-40}\r");
        }
    }
}
