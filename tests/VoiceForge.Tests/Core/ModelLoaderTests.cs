using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VoiceForge.Core;

namespace VoiceForge.Tests.Core;

public sealed class ModelLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelLoader _loader = new("cpu") { HeapInUse = () => null }; // models weigh what their files do

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OnnxFile_IsLoadedAndRuns()
    {
        var path = _folder.Write("voice.onnx", TinyModel.Identity());

        using var model = _loader.LoadModel(path);

        Assert.Equal((path, new FileInfo(path).Length, false, false), (model.Path, model.Bytes, model.HasIndex, model.IsDisposed));
        Assert.Equal([1f, 2f], Run(model.Session, 1f, 2f));
    }

    [Fact]
    public void DisposedHandle_GivesNoSession()
    {
        var model = _loader.LoadModel(_folder.Write("voice.onnx", TinyModel.Identity()));

        model.Dispose();
        model.Dispose();

        Assert.True(model.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => model.Session);
    }

    [Fact]
    public void SessionOfAForgottenHandle_StaysUsable()
    {
        var session = SessionOf(_folder.Write("voice.onnx", TinyModel.Identity()));

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal([3f], Run(session, 3f));

        [MethodImpl(MethodImplOptions.NoInlining)]
        InferenceSession SessionOf(string path) => _loader.LoadModel(path).Session;
    }

    [Fact]
    public void Index_IsOptionalAndCounted()
    {
        var path = _folder.Write("voice.onnx", TinyModel.Identity());
        var index = _folder.Write("voice.index", new byte[100]);

        using var with = _loader.LoadModel(path, index);
        using var without = _loader.LoadModel(path, _folder.PathOf("none.index"));

        Assert.True(with.HasIndex);
        Assert.False(without.HasIndex);
        Assert.Equal(without.Bytes + 100, with.Bytes);
    }

    [Fact]
    public void MissingFile_IsFileNotFound()
    {
        var path = _folder.PathOf("none.onnx");

        Assert.Equal(path, Assert.Throws<FileNotFoundException>(() => _loader.LoadModel(path)).FileName);
    }

    [Theory]
    [InlineData("voice.pth")]
    [InlineData("VOICE.PTH")]
    [InlineData("voice.pt")]
    [InlineData("voice.ckpt")]
    public void CheckpointByName_IsRefusedWithTheConversion(string name)
    {
        var path = _folder.Write(name, TinyModel.Identity());

        Assert.Contains("torch.onnx.export", Assert.Throws<InvalidDataException>(() => _loader.LoadModel(path)).Message);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0, 0 })]
    [InlineData(new byte[] { 0x80, 2, (byte)'}', (byte)'.' })]
    [InlineData(new byte[] { 0x80, 5 })]
    public void PickleUnderAnotherName_IsRefusedWithTheConversion(byte[] content)
    {
        var path = _folder.Write("voice.onnx", content);

        Assert.Contains("torch.onnx.export", Assert.Throws<InvalidDataException>(() => _loader.LoadModel(path)).Message);
    }

    [Fact]
    public void BrokenModel_IsInvalidDataWithTheFileName()
    {
        var model = TinyModel.Identity();
        foreach (var broken in new[] { [], model[..^5], "not a model"u8.ToArray() })
        {
            var path = _folder.Write("broken.onnx", broken);
            Assert.Contains("broken.onnx", Assert.Throws<InvalidDataException>(() => _loader.LoadModel(path)).Message);
        }
    }

    public static TheoryData<string, byte[]> ModelsThatReachOut()
    {
        byte[] location = TinyModel.Message(13, [.. TinyModel.Text(1, "location"), .. TinyModel.Text(2, "../secret")]);
        byte[] external = TinyModel.Number(14, 1);
        var inner = TinyModel.Message(5, location);
        return new()
        {
            { "external data", TinyModel.With(TinyModel.Message(5, location), []) }, // an initializer
            { "external data", TinyModel.With(TinyModel.Message(5, external), []) },
            { "external data", TinyModel.With(TinyModel.Message(15, TinyModel.Message(1, external)), []) }, // a sparse one
            { "external data", TinyModel.With([], TinyModel.Message(5, TinyModel.Message(5, external))) }, // an attribute of a node
            { "external data", TinyModel.With([], TinyModel.Message(5, TinyModel.Message(6, inner))) }, // inside a subgraph
            { "EPContext", TinyModel.With(TinyModel.Message(1, TinyModel.Text(4, "EPContext")), []) },
        };
    }

    [Theory]
    [MemberData(nameof(ModelsThatReachOut))]
    public void ModelThatReachesForOtherFiles_IsRefusedBeforeItIsLoaded(string named, byte[] model)
    {
        var path = _folder.Write("outside.onnx", model);

        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => _loader.LoadModel(path)).Message);
    }

    [Fact]
    public void GraphNestedWithoutEnd_IsRefused()
    {
        byte[] nested = [];
        for (var depth = 0; depth < 1000; depth++)
            nested = TinyModel.Message(1, TinyModel.Message(5, TinyModel.Message(6, nested)));
        var path = _folder.Write("deep.onnx", TinyModel.With(nested, []));

        Assert.Contains("nested", Assert.Throws<InvalidDataException>(() => _loader.LoadModel(path)).Message);
    }

    [Fact]
    public void EveryTruncation_IsInvalidData()
    {
        var model = TinyModel.Identity();
        for (var length = 0; length < model.Length; length++)
        {
            var path = _folder.Write("cut.onnx", model[..length]);
            Assert.IsType<InvalidDataException>(Record.Exception(() => _loader.LoadModel(path).Dispose()));
        }
    }

    [Fact]
    public void Device_FallsBackOnlyFromCudaToCpu()
    {
        Assert.Equal("cpu", _loader.Device);
        Assert.Contains(new ModelLoader().Device, new[] { "cpu", "cuda" });
        Assert.Contains("tpu", Assert.Throws<ArgumentException>(() => new ModelLoader("tpu")).Message);
    }

    private static float[] Run(InferenceSession session, params float[] input)
    {
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(input, [1, input.Length]))]);
        return [.. results[0].AsTensor<float>()];
    }
}
