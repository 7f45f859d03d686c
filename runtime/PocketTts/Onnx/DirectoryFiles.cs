namespace PocketTts.Onnx;

/// <summary>The files of a model in a folder; names use <c>/</c> and stay inside the folder.</summary>
internal sealed class DirectoryFiles : BundleFiles
{
    private readonly string _directory;
    private readonly Checksums? _checksums;

    public DirectoryFiles(string directory)
    {
        _directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var sums = Path.Combine(_directory, Checksums.FileName);
        _checksums = File.Exists(sums) ? Checksums.Parse(File.ReadAllText(sums), sums) : null;
    }

    public override string Location => _directory;

    public override string Name => Path.GetFileName(_directory);

    public override bool Contains(string file) => File.Exists(PathOf(file));

    public override IEnumerable<string> List(string folder) => Directory.Exists(PathOf(folder))
        ? Directory.EnumerateFileSystemEntries(PathOf(folder)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)
        : [];

    public override byte[] Read(string file)
    {
        var content = File.ReadAllBytes(PathOf(file));
        _checksums?.Verify(file, content, Describe(file));
        return content;
    }

    private string PathOf(string file)
    {
        var path = Path.GetFullPath(Path.Combine(_directory, file));
        return path == _directory || path.StartsWith(_directory + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new InvalidDataException($"The model in '{_directory}' names the file '{file}', which is outside its folder.");
    }
}
