using System.Text;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class EncodingTests
{
    [Fact]
    public async Task EveryFile_KeepsItsMarkLineEndsAndLastLine()
    {
        using var bench = Workbench.WithApp();
        var files = new (string Name, Encoding Encoding, bool HasMark, string NewLine, bool EndsWithNewLine)[]
        {
            ("Plain", new UTF8Encoding(), false, "\n", true),
            ("Marked", new UTF8Encoding(), true, "\r\n", false),
            ("Utf16", new UnicodeEncoding(bigEndian: false, byteOrderMark: false), true, "\r\n", true),
            ("BigEndian", new UnicodeEncoding(bigEndian: true, byteOrderMark: false), true, "\n", false),
            ("Latin", Encoding.Latin1, false, "\r\n", true),
        };
        foreach (var file in files)
            await File.WriteAllBytesAsync(Path.Combine(bench.App, $"{file.Name}.cs"), Bytes(file, "LoadVoice"));

        var result = await bench.RunAsync("fix", bench.App, "--no-restore");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.All(files, file => Assert.Equal(Bytes(file, "GetStateForAudioPrompt"), File.ReadAllBytes(Path.Combine(bench.App, $"{file.Name}.cs"))));
    }

    [Fact]
    public async Task MixedLineEnds_StayOnEveryLine()
    {
        using var bench = Workbench.WithApp();
        var path = bench.Write("App/Mixed.cs", "class Mixed\r\n{\n    object V(PocketTts.TtsModel m) =>\r\n        m.LoadVoice(\"a\");\n}\r\n");
        await bench.RunAsync("fix", bench.App, "--no-restore");
        Assert.Equal("class Mixed\r\n{\n    object V(PocketTts.TtsModel m) =>\r\n        m.GetStateForAudioPrompt(\"a\");\n}\r\n", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task FileMode_IsKept()
    {
        using var bench = Workbench.WithApp();
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead;
        File.SetUnixFileMode(bench.ProgramFile, mode);
        await bench.RunAsync("fix", bench.App, "--no-restore");
        Assert.Equal(mode, File.GetUnixFileMode(bench.ProgramFile));
    }

    private static byte[] Bytes((string Name, Encoding Encoding, bool HasMark, string NewLine, bool EndsWithNewLine) file, string method)
    {
        // An umlaut and a line that no fix touches.
        string[] lines = ["// für " + file.Name, $"class {file.Name}", "{", $"    object V(PocketTts.TtsModel m) => m.{method}(\"a\");", "}"];
        var text = string.Join(file.NewLine, lines) + (file.EndsWithNewLine ? file.NewLine : "");
        byte[] mark = !file.HasMark ? [] : file.Encoding is UnicodeEncoding ? file.Name == "BigEndian" ? [0xFE, 0xFF] : [0xFF, 0xFE] : [0xEF, 0xBB, 0xBF];
        return [.. mark, .. file.Encoding.GetBytes(text)];
    }
}
