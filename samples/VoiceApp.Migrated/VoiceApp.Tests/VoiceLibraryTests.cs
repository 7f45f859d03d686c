using VoiceApp.Core;

namespace VoiceApp.Tests;

public sealed class VoiceLibraryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("VoiceApp.Tests");

    [Fact]
    public void Model_ConvertsABlock()
    {
        Add("loud", gain: 2);
        using var model = new VoiceLibrary(_folder.FullName).Open("loud");

        Assert.Equal([0.5f, -1f, 0f], model.Convert([0.25f, -0.5f, 0f]));
        Assert.True(model.Bytes > 0);
    }

    [Fact]
    public void DisposingAModel_LeavesAnotherOfTheSameNameUsable()
    {
        Add("quiet", gain: 0.5f);
        var library = new VoiceLibrary(_folder.FullName);
        using var kept = library.Open("quiet");

        library.Open("quiet").Dispose();

        Assert.Equal([0.5f], kept.Convert([1f]));
    }

    [Fact]
    public void Names_AreThoseOfTheFiles()
    {
        Add("b", gain: 1);
        Add("a", gain: 1);

        Assert.Equal(["a", "b"], new VoiceLibrary(_folder.FullName).Names);
    }

    [Fact]
    public void UnknownName_ThrowsWithThePath()
    {
        var exception = Assert.Throws<FileNotFoundException>(() => new VoiceLibrary(_folder.FullName).Open("nobody"));

        Assert.Contains("nobody.onnx", exception.Message);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Add(string name, float gain) => GainModel.Write(Path.Combine(_folder.FullName, name + ".onnx"), gain);
}
