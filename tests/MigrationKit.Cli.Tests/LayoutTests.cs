using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>Whatever a file looks like, a run changes the bytes of its fixes and no others.</summary>
[Collection(RunsCollection.Name)]
public sealed class LayoutTests
{
    private const int Files = 80;

    // A comment as bytes of each kind: what follows the mark is never touched, decodable or not.
    private static readonly (string Name, byte[] Mark, Encoding Encoding, byte[] Comment)[] Kinds =
    [
        ("UTF-8", [], new UTF8Encoding(), "für 日本 😀"u8.ToArray()),
        ("UTF-8 with mark", [0xEF, 0xBB, 0xBF], new UTF8Encoding(), "für 日本 😀"u8.ToArray()),
        ("UTF-16 LE", [0xFF, 0xFE], new UnicodeEncoding(false, false), Encoding.Unicode.GetBytes("für 日本 😀")),
        ("UTF-16 BE", [0xFE, 0xFF], new UnicodeEncoding(true, false), Encoding.BigEndianUnicode.GetBytes("für 日本 😀")),
        ("Latin-1", [], Encoding.Latin1, [0x66, 0xFC, 0x72]),
        ("Windows-1252", [], Encoding.Latin1, [0x80, 0x31, 0x85, 0x93, 0xFC, 0x94, 0x81, 0x8D, 0x9D]),
        ("Shift-JIS", [], Encoding.Latin1, [0x93, 0xFA, 0x96, 0x7B, 0x95, 0x5C]),
        ("broken UTF-8", [], Encoding.Latin1, [0xC3, 0x28, 0xE2, 0x82, 0xFF]),
    ];

    private static readonly Gen<string> LineEnd = Gen.Elements("\n", "\r\n");

    private static readonly Gen<Layout> Layouts =
        from kind in Gen.Choose(0, Kinds.Length - 1)
        from lines in (from form in Gen.Choose(0, 5) from end in LineEnd from indent in Gen.Elements("", " ", "\t", "    \t ") select new Line(form, end, indent)).ListOf()
        from isMixed in Gen.Elements(true, false)
        from usual in LineEnd
        from endsWithNewLine in Gen.Elements(true, false)
        select new Layout(kind, [.. lines.Select(l => isMixed ? l : l with { End = usual })], usual, endsWithNewLine);

    [Fact]
    public async Task RenamesInAnyLayout_ChangeTheNamesOnly()
    {
        using var bench = Workbench.WithApp();
        var layouts = Gen.Sample(Layouts, Files, 12).ToList();
        for (var i = 0; i < layouts.Count; i++)
            await File.WriteAllBytesAsync(FileOf(bench, i), layouts[i].Bytes(i, "LoadVoice"));

        var result = await bench.RunAsync("fix", bench.App, "--no-restore");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        for (var i = 0; i < layouts.Count; i++)
            Assert.True((await File.ReadAllBytesAsync(FileOf(bench, i))).AsSpan().SequenceEqual(layouts[i].Bytes(i, "GetStateForAudioPrompt")), $"{Kinds[layouts[i].Kind].Name}: {layouts[i]}");

        Assert.Equal(ExitCode.Success, (await bench.RunAsync("rollback")).ExitCode);
        for (var i = 0; i < layouts.Count; i++)
            Assert.Equal(layouts[i].Bytes(i, "LoadVoice"), await File.ReadAllBytesAsync(FileOf(bench, i)));
    }

    [Fact]
    public async Task InsertedLines_LeaveEveryOtherLineAsItsBytesWere()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("PocketTts", "VoiceForge", StringComparison.Ordinal));
        bench.Write("App/Program.cs", "System.Console.WriteLine();\n");
        var layouts = Gen.Sample(Layouts, Files / 2, 12).ToList();
        for (var i = 0; i < layouts.Count; i++)
            await File.WriteAllBytesAsync(FileOf(bench, i), layouts[i].Bytes(i, null));

        var result = await bench.RunAsync("fix", bench.App, "--no-restore");

        Assert.True(result.Error.Length == 0, result.Error);
        var inserted = 0;
        for (var i = 0; i < layouts.Count; i++)
        {
            var (before, after) = (Lines(layouts[i].Bytes(i, null)), Lines(await File.ReadAllBytesAsync(FileOf(bench, i))));
            inserted += after.Count - before.Count;
            // What names V1 may change; all else is there, in order, to the byte.
            var at = -1;
            foreach (var line in before.Where(l => !l.Contains("RingBuffer", StringComparison.Ordinal)))
            {
                at = after.IndexOf(line, at + 1);
                Assert.True(at >= 0, $"{Kinds[layouts[i].Kind].Name}: '{line}' of {layouts[i]} is gone from:\n{string.Concat(after)}");
            }
        }

        Assert.True(inserted > 0, "No fix inserted a line.");
    }

    [Fact]
    public void MixedLineEnds_OfUntouchedLinesSurviveAnyEdit() =>
        Prop.ForAll(Lined().ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (text, seed) =>
        {
            var before = LineEnds.Lines(text);
            var at = seed % (before.Count + 1);
            // A fix brings the line end of its own source.
            var after = LineEnds.Lines(LineEnds.Keep(text, string.Concat([.. before.Take(at), "inserted\n", .. before.Skip(at)])));
            return before.Count > 0 && LineEnds.End(before[^1]).Length == 0 && at == before.Count
                || after.Count == before.Count + 1 && after.Take(at).Concat(after.Skip(at + 1)).SequenceEqual(before);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task DeclaredCodePage_IsWhatSourcesAreReadWith()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("<Nullable>", "<CodePage>932</CodePage>\n    <Nullable>", StringComparison.Ordinal));
        // The second byte of this letter is a backslash to whoever takes the file for Latin-1, and the string then never ends.
        byte[] Source(string method) => [.. Encoding.ASCII.GetBytes($"class Jis {{ object V(PocketTts.TtsModel m) => m.{method}(\""), 0x95, 0x5C, .. "\"); }\r\n"u8];
        var file = Path.Combine(bench.App, "Jis.cs");
        await File.WriteAllBytesAsync(file, Source("LoadVoice"));

        var result = await bench.RunAsync("fix", bench.App, "--no-restore");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Equal(Source("GetStateForAudioPrompt"), await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public void EveryByte_SurvivesTheLegacyCodePageAndMakesNoLine()
    {
        byte[] bytes = [.. Enumerable.Range(0x20, 0xE0).Select(b => (byte)b)];
        var file = SourceFile.Decode("x.cs", bytes);
        Assert.Equal(bytes, file.Encode(file.Text));
        Assert.DoesNotContain(file.Text, c => c is '\u0085' or '\u2028' or '\u2029');
    }

    [Fact]
    public void MigratedSample_KeepsMarksLineEndsAndLastLines()
    {
        var samples = Path.Combine(Repository.Root, "samples");
        var pairs = Directory.EnumerateFiles(Path.Combine(samples, "VoiceApp"), "*", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or ".vs"))
            .Select(f => (Before: File.ReadAllBytes(f), Path: Path.Combine(samples, "VoiceApp.Migrated", Path.GetRelativePath(Path.Combine(samples, "VoiceApp"), f))))
            .Where(f => File.Exists(f.Path))
            .ToList();
        Assert.True(pairs.Count > 20, $"Only {pairs.Count} files of the sample were found.");
        foreach (var (before, path) in pairs)
        {
            var (old, current) = (Encoding.Latin1.GetString(before), Encoding.Latin1.GetString(File.ReadAllBytes(path)));
            Assert.True(Ends(current).IsSubsetOf(Ends(old)), path);
            Assert.Equal(old.EndsWith('\n'), current.EndsWith('\n'));
            Assert.Equal(old.StartsWith("ï»¿", StringComparison.Ordinal), current.StartsWith("ï»¿", StringComparison.Ordinal));
        }

        static HashSet<string> Ends(string text) => LineEnds.Lines(text).Select(LineEnds.End).Where(e => e.Length > 0).ToHashSet();
    }

    private static Gen<string> Lined() =>
        from lines in (from word in Gen.Elements("a", "b", "", "  c", "ü\t") from end in Gen.Elements("\n", "\r\n", "\r") select word + end).ListOf()
        from last in Gen.Elements("", "end")
        select string.Concat(lines) + last;

    private static string FileOf(Workbench bench, int number) => Path.Combine(bench.App, $"Layout{number}.cs");

    // Latin-1 makes one character of every byte, so that lines compare as bytes do; UTF-16 is cut by its own.
    private static List<string> Lines(byte[] bytes) =>
        LineEnds.Lines((bytes is [0xFF, 0xFE, ..] ? Encoding.Unicode : bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode : Encoding.Latin1).GetString(bytes));

    private sealed record Line(int Form, string End, string Indent);

    private sealed record Layout(int Kind, Line[] Lines, string Usual, bool EndsWithNewLine)
    {
        /// <param name="number">Makes the type's name.</param>
        /// <param name="method">The method that is called; null for code whose fix inserts lines.</param>
        public byte[] Bytes(int number, string? method)
        {
            var (_, mark, encoding, comment) = Kinds[Kind];
            List<byte> bytes = [.. mark];
            void Add(string code, string end) => bytes.AddRange([.. encoding.GetBytes(code + " // "), .. comment, .. encoding.GetBytes(end)]);

            Add($"class Layout{number} {{", Usual);
            foreach (var (line, index) in Lines.Select((line, index) => (line, index)))
                Add(Code(line, index, method), line.End);
            Add("}", EndsWithNewLine ? Usual : "");
            return [.. bytes];
        }

        public override string ToString() => string.Join(' ', Lines.Select(l => $"{l.Form}{(l.End.Length == 2 ? "crlf" : "lf")}")) + (EndsWithNewLine ? "" : " without line end");

        private static string Code(Line line, int index, string? method) => line.Indent + (line.Form, method) switch
        {
            (0, _) => "",
            (1, _) => $"static   int  Odd{index} ( )=>{index} ;",
            (2, _) => $"static string Text{index} = @\"LoadVoice  \";",
            (_, null) => $"static void Ring{index}() {{{line.End}\tvar ring = new VoiceForge.Audio.RingBuffer({1024 + index});{line.End}\tring.Write(new float[8]); }}",
            (3, _) => $"object  V{index}( PocketTts.TtsModel m )=>m . {method}( \"a\" ) ;",
            _ => $"object V{index}(PocketTts.TtsModel m) => m.{method}(\"a\");",
        };
    }
}
