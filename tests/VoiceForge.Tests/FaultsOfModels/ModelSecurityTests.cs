using System.Diagnostics;
using VoiceForge.Core;
using VoiceForge.Tests.Core;

namespace VoiceForge.Tests.FaultsOfModels;

/// <summary>Faults S1 to S14 of docs/faults.md, as far as they concern model files.</summary>
public sealed class ModelSecurityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelLoader _loader = new("cpu");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../secret")]
    [InlineData("weights.bin")] // even one that stays inside
    public void S01_ExternalData_IsRefused(string location) => AssertRefused(External(location), "external data");

    [Fact]
    public void S02_ExternalDataThroughASymbolicLink_IsRefused()
    {
        File.CreateSymbolicLink(_folder.PathOf("weights.bin"), "/etc/hostname");

        AssertRefused(External("weights.bin"), "external data");
    }

    [Fact]
    public void S03_InMemoryMarkerInAConstant_IsRefused()
    {
        var tensor = TinyModel.Message(5, [.. TinyModel.Number(14, 1), .. Location("*/_ORT_MEM_ADDR_/*")]);

        AssertRefused(TinyModel.With([], TinyModel.Message(5, tensor)), "external data");
    }

    public static TheoryData<string, byte[]> MalformedGraphs() => new()
    {
        { "an operator that does not exist", TinyModel.With([], TinyModel.Text(4, "NoSuchOperator")) },
        { "an input that nobody makes", TinyModel.With([], TinyModel.Text(1, "nowhere")) },
        { "a graph that feeds itself", TinyModel.With([.. TinyModel.Message(1, [.. TinyModel.Text(1, "y"), .. TinyModel.Text(2, "x"), .. TinyModel.Text(4, "Identity")])], []) },
        { "an attribute of no type", TinyModel.With([], TinyModel.Message(5, TinyModel.Text(1, "axis"))) },
        { "a tensor without its data", TinyModel.With(TinyModel.Message(5, [.. TinyModel.Number(1, 4), .. TinyModel.Number(2, 1), .. TinyModel.Text(8, "w")]), []) },
        { "a tensor of an unknown type", TinyModel.With(TinyModel.Message(5, [.. TinyModel.Number(1, 1), .. TinyModel.Number(2, 99), .. TinyModel.Text(8, "w"), .. TinyModel.Text(9, "abcd")]), []) },
        { "no graph", TinyModel.Number(1, 8) },
    };

    [Theory]
    [MemberData(nameof(MalformedGraphs))]
    public void S04_MalformedGraph_IsInvalidDataAndTheProcessLives(string what, byte[] model)
    {
        var path = _folder.Write("malformed.onnx", model);

        Assert.True(Record.Exception(() => _loader.LoadModel(path)) is InvalidDataException, what);
    }

    public static TheoryData<byte[]> ImpossibleShapes() => new(
        Shape([.. Varint(1L << 40), .. Varint(1L << 40)]),
        Shape(Varint(long.MaxValue)),
        Shape(Varint(-1)),
        Shape([.. Varint(1L << 32), .. Varint(1L << 32)])); // wraps to 0 in 64 bits

    [Theory]
    [MemberData(nameof(ImpossibleShapes))]
    public void S05_ShapeLargerThanTheFile_IsRefused(byte[] dimensions) => AssertRefused(TinyModel.With(TinyModel.Message(5, dimensions), []), "more elements than the file could");

    [Fact]
    public void S05_MillionNodes_AreRefused()
    {
        var node = TinyModel.Message(1, []);
        var nodes = new byte[1_000_000 * node.Length];
        for (var start = 0; start < nodes.Length; start += node.Length)
            node.CopyTo(nodes, start);

        AssertRefused(TinyModel.With(nodes, []), "more than 200000 nodes");
    }

    [Fact]
    public void S06_OperatorsOfALibrary_AreRefusedUnlessTheModelDefinesThem()
    {
        var custom = TinyModel.With([], TinyModel.Text(7, "com.example"));
        AssertRefused(custom, "'com.example', which only a custom-operator library has");
        AssertRefused(TinyModel.With(TinyModel.Message(1, TinyModel.Text(4, "EPContext")), []), "precompiled binary");

        // Defined inside, the domain is the model's own; what is left is an incomplete model.
        var defined = _folder.Write("defined.onnx", (byte[])[.. custom, .. TinyModel.Message(25, TinyModel.Text(10, "com.example"))]);
        Assert.DoesNotContain("custom-operator", Assert.Throws<InvalidDataException>(() => _loader.LoadModel(defined)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("voice.pth")]
    [InlineData("voice.pt")]
    [InlineData("voice.ckpt")]
    [InlineData("voice.pkl")]
    [InlineData("voice.onnx")] // renamed
    public void S07_Checkpoint_IsNeverUnpickled(string name)
    {
        foreach (var content in new byte[][] { [.. "PK\u0003\u0004"u8, .. "archive/data.pkl"u8], [0x80, 2, .. "ctorch._utils\n_rebuild_tensor_v2\n."u8] })
        {
            var path = _folder.Write(name, content);
            var message = Assert.Throws<InvalidDataException>(() => _loader.LoadModel(path)).Message;
            Assert.Contains("torch.onnx.export", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void S09_Archive_IsNotOpened()
    {
        var path = _folder.PathOf("voice.onnx");
        using (var archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create))
            archive.CreateEntry("../../evil.onnx");

        Assert.Throws<InvalidDataException>(() => _loader.LoadModel(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  voice.onnx\n", "says 0000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  other.onnx\n", "not listed")]
    [InlineData("", "not listed")]
    public void S13_ModelThatTheListOfHashesDoesNotKnow_IsRefused(string manifest, string named)
    {
        _folder.Write("SHA256SUMS", manifest);

        AssertRefused(TinyModel.Identity(), named);
    }

    [Fact]
    public void S13_ListOfHashesAsSha256SumWritesIt_IsUnderstood()
    {
        var model = TinyModel.Identity();
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(model));
        _folder.Write("SHA256SUMS", $"{new string('0', 64)}  other.onnx\n{hash} *voice.onnx\n");

        using var loaded = _loader.LoadModel(_folder.Write("voice.onnx", model));

        Assert.False(loaded.IsDisposed);
    }

    [Fact]
    public void S14_DeviceOrPipe_IsRefusedWithoutReadingIt()
    {
        if (OperatingSystem.IsWindows())
            return; // has no such files

        var pipe = _folder.PathOf("pipe.onnx");
        using (var make = Process.Start("mkfifo", [pipe]))
            make.WaitForExit();

        foreach (var path in new[] { "/dev/zero", pipe, _folder.Write("empty.onnx", "") })
            Assert.Contains("no ordinary file", Assert.Throws<InvalidDataException>(() => _loader.LoadModel(path)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => _loader.LoadModel(Path.GetDirectoryName(pipe)!));
    }

    private void AssertRefused(byte[] model, string named)
    {
        var path = _folder.Write("voice.onnx", model);
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => _loader.LoadModel(path)).Message, StringComparison.Ordinal);
    }

    private static byte[] External(string location) => TinyModel.With(TinyModel.Message(5, [.. TinyModel.Text(8, "w"), .. Location(location), .. TinyModel.Number(14, 1)]), []);

    private static byte[] Location(string location) => TinyModel.Message(13, [.. TinyModel.Text(1, "location"), .. TinyModel.Text(2, location)]);

    // A tensor with packed dimensions, of floats, without data.
    private static byte[] Shape(byte[] dimensions) => [.. TinyModel.Message(1, dimensions), .. TinyModel.Number(2, 1), .. TinyModel.Text(8, "w")];

    private static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        var rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
            bytes.Add((byte)(rest | 0x80));
        bytes.Add((byte)rest);
        return [.. bytes];
    }
}
