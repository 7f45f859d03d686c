namespace VoiceForge.Audio;

/// <summary>Plays a WAV file into a stream and writes what the stream plays into another.</summary>
/// <remarks>
/// Adds no latency: sample <c>n</c> of the output is made from the block that holds sample <c>n</c> of the input, and both files have the
/// same length. At the end of the input the stream stops by itself; the output file is complete when it is stopped. The output is 32-bit
/// float with the input's rate and channels. Device indices are not looked at.
/// </remarks>
public sealed class WavBackend : IAudioBackend
{
    private readonly string _inputPath;
    private readonly string _outputPath;
    private readonly bool _realTime;

    /// <param name="inputPath">An existing WAV file; see <see cref="WavFile"/> for the formats.</param>
    /// <param name="outputPath">The file to write; an existing one is replaced. Not the input.</param>
    /// <param name="realTime">Whether blocks come at the pace of a sound card, or as fast as they are processed.</param>
    /// <exception cref="ArgumentException">A path is empty, or both are the same.</exception>
    public WavBackend(string inputPath, string outputPath, bool realTime = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputPath);
        ArgumentException.ThrowIfNullOrEmpty(outputPath);
        if (Path.GetFullPath(inputPath) == Path.GetFullPath(outputPath))
            throw new ArgumentException($"Input and output are the same file, '{outputPath}'; write to another one.", nameof(outputPath));

        _inputPath = inputPath;
        _outputPath = outputPath;
        _realTime = realTime;
    }

    /// <summary>The two files; the input's channels only while it can be read.</summary>
    public IReadOnlyList<AudioDevice> Devices
    {
        get
        {
            var channels = InputChannels();
            return
            [
                new AudioDevice(0, _inputPath, InputChannels: channels, OutputChannels: 0, IsDefaultInput: true, IsDefaultOutput: false),
                new AudioDevice(1, _outputPath, InputChannels: 0, OutputChannels: channels, IsDefaultInput: false, IsDefaultOutput: true),
            ];
        }
    }

    /// <inheritdoc/>
    public IAudioDeviceStream Open(AudioStreamFormat format, AudioCallback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        WavReader? reader = null;
        try
        {
            reader = new WavReader(_inputPath);
            if (reader.SampleRate != format.SampleRate || reader.Channels != format.Channels)
            {
                throw new AudioBackendException(
                    $"'{_inputPath}' has {reader.SampleRate} Hz and {reader.Channels} channel(s), the stream {format.SampleRate} Hz and " +
                    $"{format.Channels}; convert the file, or open the stream (and its buffer pool) with the file's values.");
            }

            return new WavDeviceStream(reader, new WavWriter(_outputPath, format.SampleRate, format.Channels), format, callback, _realTime);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or AudioBackendException)
        {
            reader?.Dispose();
            throw exception as AudioBackendException ?? new AudioBackendException(exception.Message, exception);
        }
    }

    /// <summary>Does nothing: files are open only while a stream runs.</summary>
    public void Dispose()
    {
    }

    private int InputChannels()
    {
        try
        {
            using var reader = new WavReader(_inputPath);
            return reader.Channels;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return 0; // a list of devices has no room for the reason; Open gives it
        }
    }
}
