#nullable enable
using System;
using System.Collections.Generic;
using System.Globalization;
using MigrationKit.Generated.Running;

[assembly: System.Reflection.AssemblyVersion("99.0.0.0")]

namespace PocketTts;

public sealed class VoiceState : IDisposable
{
    private readonly string _voice;

    internal VoiceState(string voice) => _voice = voice;

    public void Dispose() => Recording.Add("voice dispose");

    public override string ToString() => "voice " + _voice;
}

public partial class TtsModel : IDisposable
{
    public TtsModel(string variant = "b6369a24", double temp = 0.7, int steps = 1, double eos = -4.0)
        : this(variant, temp, steps, null, eos)
    {
    }

    private TtsModel(string variant, double temp, int steps, double? noiseClamp, double eos) =>
        Recording.Add(string.Create(CultureInfo.InvariantCulture, $"tts new {variant} {temp} {steps} {noiseClamp} {eos}"));

    public int SampleRate => 24000;

    public static TtsModel LoadModel() => new();

    public static TtsModel LoadModel(string variant = "b6369a24", double temp = 0.7, int lsdDecodeSteps = 1, double? noiseClamp = null, double eosThreshold = -4.0) =>
        new(variant, temp, lsdDecodeSteps, noiseClamp, eosThreshold);

    public VoiceState LoadVoice(string voice) => Voice(voice);

    public VoiceState GetStateForAudioPrompt(string audioConditioning) => Voice(audioConditioning);

    public float[] Generate(VoiceState voiceState, string text) => Speak(voiceState, text);

    public float[] GenerateAudio(VoiceState voiceState, string text) => Speak(voiceState, text);

    public IEnumerable<float[]> Stream(VoiceState voiceState, string text) => Pieces(voiceState, text);

    public IEnumerable<float[]> GenerateAudioStream(VoiceState voiceState, string text) => Pieces(voiceState, text);

    public void Dispose() => Recording.Add("tts dispose");

    private static VoiceState Voice(string voice)
    {
        Recording.Add("tts voice " + voice);
        return new VoiceState(voice);
    }

    private static float[] Speak(VoiceState? voice, string text)
    {
        Recording.Add($"tts speak {voice} {text}");
        return new float[text.Length + 1];
    }

    private static IEnumerable<float[]> Pieces(VoiceState? voice, string text)
    {
        Recording.Add($"tts stream {voice} {text}");
        yield return new float[text.Length + 1];
        Recording.Add("tts next piece");
        yield return new float[1];
    }
}
