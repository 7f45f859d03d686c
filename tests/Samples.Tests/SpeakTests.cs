using System.Diagnostics;
using System.Runtime.InteropServices;
using PocketTts.Tests;
using VoiceForge.Audio;

namespace MigrationKit.Samples.Tests;

public sealed class SpeakTests : IDisposable
{
    private static readonly string Program = Path.Combine(Repository.Root, "samples", "Speak", "bin", Repository.Configuration, "net10.0", "speak.dll");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("Samples.Tests");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Text_IsWrittenToTheFileInTheVoice()
    {
        var result = (await SpeakAsync("hello 42", "--voice", "marius", "--out", "x.wav")).Succeeded();

        var audio = WavFile.Read(Path.Combine(_folder.FullName, "x.wav"), out var sampleRate, out var channels);
        Assert.Equal((ToneReader.SampleRate, 1), (sampleRate, channels));
        Assert.Equal("hello 42.", ToneReader.Read(audio, "marius"));
        Assert.Matches(@"^\d+\.\d\d s of audio in \d+\.\d\d s \(real-time factor \d+\.\d\d\), first after \d+ ms", result.Output);
        Assert.Contains("x.wav", result.Output);
        Assert.Contains("Not played: ", result.Error);
    }

    [Fact]
    public async Task Text_IsPlayedOnTheDevice()
    {
        WavFile.Write(Path.Combine(_folder.FullName, "silence.wav"), new float[3 * ToneReader.SampleRate], ToneReader.SampleRate);

        var result = (await ChildProcess.DotnetAsync(
            _folder.FullName,
            new Dictionary<string, string> { ["VOICEFORGE_BACKEND"] = "wav", ["VOICEFORGE_INPUT"] = "silence.wav", ["VOICEFORGE_OUTPUT"] = "played.wav" },
            Program, "hi")).Succeeded();

        // The device plays what is there and silence until there is something, so the speech starts and stops anywhere in it.
        var played = WavFile.Read(Path.Combine(_folder.FullName, "played.wav"), out _, out _);
        var loud = Enumerable.Range(0, played.Length).Where(i => MathF.Abs(played[i]) > 0.01f).ToList();
        Assert.InRange(loud.Count, ToneReader.SampleRate / 4, ToneReader.SampleRate);
        Assert.Contains("at the pace of the device", result.Output);
    }

    [Fact]
    public async Task Pipe_CarriesTheSamplesAndNothingElse()
    {
        var pcm = Path.Combine(_folder.FullName, "pcm");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, "hello 42", "--out", "-"])
        {
            WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var said = process.StandardError.ReadToEndAsync();
        await using (var file = File.Create(pcm))
            await process.StandardOutput.BaseStream.CopyToAsync(file);
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        var samples = MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync(pcm)).ToArray();
        Assert.Equal("hello 42.", ToneReader.Read([.. samples.Select(s => s / (float)short.MaxValue)], "alba"));
        Assert.Matches(@"real-time factor \d+\.\d\d, at the pace of the reader", await said);
    }

    [Theory]
    [InlineData("no folder", "text", "--model", "nowhere", "--out", "x.wav")]
    [InlineData("Fantasia", "text", "--voice", "Fantasia", "--out", "x.wav")]
    [InlineData("empty", " ", "--out", "x.wav")]
    [InlineData("no --out", "text")]
    public async Task WhatCannotBeSpoken_SaysWhyAndWritesNothing(string expected, params string[] arguments)
    {
        var result = await SpeakAsync(arguments);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error: ", result.Error.Split(Environment.NewLine).Last(line => line.Length > 0), StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task UnknownOption_IsRefused()
    {
        var result = await SpeakAsync("text", "--loud");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--loud", result.Error, StringComparison.Ordinal);
    }

    private Task<ChildResult> SpeakAsync(params string[] arguments) => ChildProcess.DotnetAsync(_folder.FullName, [Program, .. arguments]);
}
