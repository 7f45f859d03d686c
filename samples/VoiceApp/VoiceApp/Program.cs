using VoiceApp.Core;
using VoiceForge;

const string InputPath = "input.wav";
const string OutputPath = "output.wav";
const string GatedPath = "gated.wav";
const string SpeechPath = "speech.wav";

// VoiceApp [text [folder with voice models]]
var text = args.Length > 0 ? args[0] : "hello world";
if (!File.Exists(InputPath))
    WaveFile.Write(InputPath, TestSignal.Create(TimeSpan.FromSeconds(1), AudioChain.SampleRate), AudioChain.SampleRate);
Console.WriteLine($"Files in {Environment.CurrentDirectory}");

// The golden path first: what comes in goes out untouched, so that a fault further on is not the sound card's.
UseFiles(InputPath, OutputPath);
using var app = new VoiceForgeApp();
app.Initialize();
app.StartGoldenPath();

// It runs in the background. The output gets its length when the input has come to its end.
var samples = WaveFile.CountSamples(InputPath);
if (!SpinWait.SpinUntil(() => WaveFile.CountSamples(OutputPath) == samples, TimeSpan.FromMinutes(1)))
    throw new TimeoutException($"'{OutputPath}' did not come to {samples} samples within a minute.");
app.Stop();
Console.WriteLine($"Golden path: {samples} samples in {OutputPath}");

UseFiles(InputPath, GatedPath);
using (var chain = new AudioChain(new NoiseGate(thresholdDb: -40, gainDb: 3)))
{
    chain.Start();
    while (chain.IsRunning)
    {
        chain.UpdateMeter();
        if (!Console.IsOutputRedirected)
            Console.Write($"{chain.Meter,-24}\r");
        Thread.Sleep(50);
    }
}

Console.WriteLine($"Noise gate: {AudioChain.SampleRate} Hz in {GatedPath}");

using var announcer = new Announcer("tone", "alba", "marius");
var speech = announcer.Say("alba", text);
WaveFile.Write(SpeechPath, speech, announcer.SampleRate);
Console.WriteLine($"Speech: '{text}' in {SpeechPath}");

if (args.Length > 1)
{
    var library = new VoiceLibrary(args[1]);
    foreach (var name in library.Names)
    {
        using var model = library.Open(name);
        WaveFile.Write($"speech.{name}.wav", model.Convert(speech), announcer.SampleRate);
        Console.WriteLine($"Converted by {name} ({model.Bytes} bytes): speech.{name}.wav");
    }
}

// Files stand in for the sound card.
static void UseFiles(string input, string output)
{
    Environment.SetEnvironmentVariable("VOICEFORGE_BACKEND", "wav");
    Environment.SetEnvironmentVariable("VOICEFORGE_INPUT", input);
    Environment.SetEnvironmentVariable("VOICEFORGE_OUTPUT", output);
}
