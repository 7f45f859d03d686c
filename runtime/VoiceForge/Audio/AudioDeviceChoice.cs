namespace VoiceForge.Audio;

/// <summary>Finds the device that an index means and says why it cannot be used.</summary>
internal static class AudioDeviceChoice
{
    /// <param name="devices">What there is.</param>
    /// <param name="index">Of a device, or -1 for the default.</param>
    /// <param name="channels">How many it must have.</param>
    /// <param name="isInput">Whether it is to record.</param>
    /// <exception cref="AudioBackendException">There is no such device, or it cannot do this.</exception>
    public static AudioDevice Find(IReadOnlyList<AudioDevice> devices, int index, int channels, bool isInput)
    {
        var direction = isInput ? "input" : "output";
        var found = devices.Where(device => index == -1 ? isInput ? device.IsDefaultInput : device.IsDefaultOutput : device.Index == index).ToList();
        if (found is not [var wanted])
        {
            throw new AudioBackendException(index == -1
                ? $"The machine has no default audio {direction}; name one of: {List(devices, isInput)}."
                : $"There is no audio device '{index}'; use -1 for the default, or one of: {List(devices, isInput)}.");
        }

        var offered = isInput ? wanted.InputChannels : wanted.OutputChannels;
        if (offered == 0)
            throw new AudioBackendException($"Audio device {wanted.Index} '{wanted.Name}' is no {direction}; use one of: {List(devices, isInput)}.");
        if (offered < channels)
        {
            throw new AudioBackendException(
                $"Audio {direction} {wanted.Index} '{wanted.Name}' has {offered} channel(s), the stream needs {channels}; open the stream (and its buffer pool) with at most {offered}.");
        }

        return wanted;
    }

    private static string List(IReadOnlyList<AudioDevice> devices, bool isInput)
    {
        var usable = devices.Where(device => (isInput ? device.InputChannels : device.OutputChannels) > 0).Select(device => $"{device.Index} '{device.Name}'").ToList();
        return usable.Count == 0 ? "none, there is no such device" : string.Join(", ", usable);
    }
}
