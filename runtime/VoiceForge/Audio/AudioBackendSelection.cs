using System.Globalization;
using System.Reflection;
using VoiceForge.Configuration;

namespace VoiceForge.Audio;

/// <summary>Finds the backend of a stream that was not given one: environment, then <c>config.yaml</c>, then the machine's devices.</summary>
internal static class AudioBackendSelection
{
    public const string BackendVariable = "VOICEFORGE_BACKEND";
    public const string InputVariable = "VOICEFORGE_INPUT";
    public const string OutputVariable = "VOICEFORGE_OUTPUT";

    /// <summary>The backend that the environment and <c>config.yaml</c> ask for.</summary>
    /// <exception cref="AudioBackendException">Nothing can be opened; the message says what to set.</exception>
    public static IAudioBackend Create() => Create(FindConfig());

    /// <summary>The backend that the environment and the given settings ask for.</summary>
    /// <param name="config">The settings to use; <see langword="null"/> for none.</param>
    /// <exception cref="AudioBackendException">Nothing can be opened; the message says what to set.</exception>
    public static IAudioBackend Create(AudioConfig? config)
    {
        var input = Variable(InputVariable) ?? config?.Input;
        var output = Variable(OutputVariable) ?? config?.Output;
        return Kind(config) switch
        {
            AudioBackendKind.Wav => CreateWav(input, output, config?.WavRealtime ?? true),
            AudioBackendKind.Loopback => new LoopbackBackend(),
            AudioBackendKind.PortAudio => new PortAudioBackend(),
            AudioBackendKind.NAudio => CreateNAudio() ?? throw new AudioBackendException("The naudio backend is not here; reference the package VoiceForge.NAudio, on Windows."),
            _ => FindDevices() ?? throw new AudioBackendException(
                $"No audio device is available{(PortAudioBackend.IsAvailable ? "" : " (PortAudio is not installed: 'apt-get install libportaudio2' or 'brew install portaudio')")}. Set {BackendVariable}=wav with {InputVariable} and {OutputVariable} naming WAV files, or " +
                $"{BackendVariable}=loopback (in config.yaml: 'audio.backend', 'audio.input', 'audio.output'), or pass an IAudioBackend."),
        };
    }

    /// <summary>The devices of a stream that was given no backend: what the environment names, else the stream's own indices, of which -1 leaves it to <c>config.yaml</c>.</summary>
    /// <param name="backend">Whose devices.</param>
    /// <param name="format">With the stream's own indices.</param>
    /// <param name="config">The settings to use; <see langword="null"/> for none.</param>
    /// <exception cref="AudioBackendException">There is no such device.</exception>
    public static AudioStreamFormat ChooseDevices(IAudioBackend backend, AudioStreamFormat format, AudioConfig? config)
    {
        if (backend is WavBackend or LoopbackBackend)
            return format;

        return format with
        {
            InputDeviceIndex = Choose(Variable(InputVariable), format.InputDeviceIndex, config?.Input, isInput: true),
            OutputDeviceIndex = Choose(Variable(OutputVariable), format.OutputDeviceIndex, config?.Output, isInput: false),
        };

        int Choose(string? named, int own, string? configured, bool isInput) =>
            named is null && own >= 0 ? own : FindDevice(backend, named ?? configured, isInput);
    }

    /// <summary>The index of the device that a configuration names by index or name; -1, the default, for <see langword="null"/> and for files.</summary>
    /// <exception cref="AudioBackendException">There is no such device.</exception>
    public static int FindDevice(IAudioBackend backend, string? wanted, bool isInput)
    {
        if (wanted is null || backend is WavBackend or LoopbackBackend)
            return -1;

        var candidates = backend.Devices.Where(device => (isInput ? device.InputChannels : device.OutputChannels) > 0).ToList();
        foreach (var device in candidates)
        {
            if (wanted == device.Name || wanted == device.Index.ToString(CultureInfo.InvariantCulture))
                return device.Index;
        }

        throw new AudioBackendException(
            $"There is no audio {(isInput ? "input" : "output")} '{wanted}'; there are: " +
            $"{string.Join(", ", candidates.Select(device => $"{device.Index} '{device.Name}'"))}. Change {(isInput ? InputVariable : OutputVariable)}, or 'audio.{(isInput ? "input" : "output")}' in config.yaml.");
    }

    // A package of its own, so that nobody else needs NAudio.
    private static IAudioBackend? CreateNAudio()
    {
        if (!OperatingSystem.IsWindows() || Type.GetType("VoiceForge.Audio.NAudioBackend, VoiceForge.NAudio") is not { } type)
            return null;

        try
        {
            return (IAudioBackend)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException exception)
        {
            throw exception.InnerException as AudioBackendException ?? new AudioBackendException($"The naudio backend cannot start: {exception.InnerException?.Message}", exception);
        }
    }

    private static IAudioBackend? FindDevices()
    {
        var backend = CreateNAudio() ?? (PortAudioBackend.IsAvailable ? new PortAudioBackend() : null);
        if (backend is null)
            return null;
        if (backend.Devices.Count > 0)
            return backend;

        backend.Dispose();
        return null;
    }

    /// <summary>What <c>config.yaml</c> says of audio; <see langword="null"/> where there is none.</summary>
    /// <exception cref="AudioBackendException">The file has errors.</exception>
    public static AudioConfig? FindConfig()
    {
        try
        {
            return VoiceForgeConfig.Find() is { } path ? VoiceForgeConfig.Load(path).Audio : null;
        }
        catch (VoiceForgeConfigException exception)
        {
            throw new AudioBackendException($"The audio backend is to be read from config.yaml, which has errors:{Environment.NewLine}{exception.Message}", exception);
        }
    }

    private static AudioBackendKind Kind(AudioConfig? config)
    {
        if (Variable(BackendVariable) is not { } name)
            return config?.Backend ?? AudioBackendKind.Auto;

        foreach (var kind in Enum.GetValues<AudioBackendKind>())
        {
            if (string.Equals(kind.ToString(), name, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        throw new AudioBackendException($"{BackendVariable} is '{name}'; expected auto, wav, loopback, portaudio or naudio.");
    }

    private static WavBackend CreateWav(string? input, string? output, bool realTime)
    {
        if (input is null)
            throw new AudioBackendException($"The wav backend has no input file; set {InputVariable} or 'audio.input' in config.yaml.");
        if (output is null)
            throw new AudioBackendException($"The wav backend has no output file; set {OutputVariable} or 'audio.output' in config.yaml.");

        try
        {
            return new WavBackend(input, output, realTime);
        }
        catch (ArgumentException exception)
        {
            throw new AudioBackendException(exception.Message, exception);
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
