using VoiceApp.Core;
using VoiceForge;

const string InputPath = "input.wav";
const string OutputPath = "output.wav";
const string GatedPath = "gated.wav";
const string SpeechPath = "speech.wav";

var text = args.Length > 0 ? args[0] : "hello world";
if (!File.Exists(InputPath))
    WaveFile.Write(InputPath, TestSignal.Create(TimeSpan.FromSeconds(1), AudioChain.SampleRate), AudioChain.SampleRate);

// The golden path first: what comes in goes out untouched, so that a fault further on is not the sound card's.
UseFiles(InputPath, OutputPath);
using var app = new VoiceForgeApp();
app.Initialize();
app.StartGoldenPath();

// It runs in the background, and the output gets its length at the end of the input.
var samples = WaveFile.CountSamples(InputPath);
SpinWait.SpinUntil(() => WaveFile.CountSamples(OutputPath) == samples, TimeSpan.FromMinutes(1));
app.Stop();
Console.WriteLine($"Golden path: {WaveFile.CountSamples(OutputPath)} of {samples} samples in {OutputPath}");

UseFiles(InputPath, GatedPath);
using (var chain = new AudioChain(new NoiseGate(thresholdDb: -40, gainDb: 3)))
{
    chain.Start();
    while (chain.IsRunning)
    {
        chain.UpdateMeter();
        Console.Write($"\r{chain.Meter,-24}");
        Thread.Sleep(50);
    }
}

Console.WriteLine($"\rNoise gate: {GatedPath}           ");

using var announcer = new Announcer("tone", "alba", "marius");
WaveFile.Write(SpeechPath, announcer.Say("alba", text), announcer.SampleRate);
Console.WriteLine($"Speech: '{text}' in {SpeechPath}");

// Files stand in for the sound card.
static void UseFiles(string input, string output)
{
    Environment.SetEnvironmentVariable("VOICEFORGE_BACKEND", "wav");
    Environment.SetEnvironmentVariable("VOICEFORGE_INPUT", input);
    Environment.SetEnvironmentVariable("VOICEFORGE_OUTPUT", output);
}
