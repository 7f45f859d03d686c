using PocketTts.Voices;

namespace PocketTts;

public sealed partial class VoiceState
{
    private VoiceState(VoiceFile file) => _file = file;

    /// <summary>Writes the state to a <c>.safetensors</c> file, with the tensor names of the published voices.</summary>
    /// <param name="path">An existing file is replaced when the new one is complete.</param>
    /// <remarks>Any thread; blocks while the file is written.</remarks>
    /// <exception cref="InvalidOperationException">A generation with <c>CopyState = false</c> is continuing the state.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The state was disposed.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        VoiceFile file;
        lock (_gate)
        {
            if (_file is null)
                ThrowUnlessUsable();
            file = _file ?? _owner!.WriteState(_snapshot!);
        }

        var unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(unfinished, SafeTensorsFile.Write(file));
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Reads a state that <see cref="Save"/> wrote, or a published voice.</summary>
    /// <param name="path">A <c>.safetensors</c> file.</param>
    /// <returns>A state that becomes one of the model that first speaks with it; whether it fits that model is checked then.</returns>
    /// <remarks>Any thread; blocks while the file is read.</remarks>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no state.</exception>
    public static VoiceState Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The voice file '{Path.GetFullPath(path)}' does not exist.", path);
        var file = SafeTensorsFile.Read(File.ReadAllBytes(path), path);
        return file.HoldsState
            ? new VoiceState(file)
            : throw new InvalidDataException($"'{path}' holds no state, but {string.Join(", ", file.Tensors.Keys)}; make one with GetStateForAudioPrompt.");
    }
}
