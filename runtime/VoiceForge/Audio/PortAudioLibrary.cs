using System.Reflection;
using System.Runtime.InteropServices;

namespace VoiceForge.Audio;

/// <summary>The functions of libportaudio 19.</summary>
/// <remarks>Source of the declarations: portaudio.h, github.com/PortAudio/portaudio (MIT).</remarks>
internal static unsafe partial class PortAudioLibrary
{
    public const int NoDevice = -1;
    public const int UnanticipatedHostError = -9999;

    private const string Name = "portaudio";

    static PortAudioLibrary() => NativeLibrary.SetDllImportResolver(typeof(PortAudioLibrary).Assembly, Resolve);

    /// <summary>Whether the library can be loaded here.</summary>
    public static bool IsAvailable => Load() != 0;

    [LibraryImport(Name)]
    public static partial int Pa_Initialize();

    [LibraryImport(Name)]
    public static partial int Pa_Terminate();

    [LibraryImport(Name)]
    public static partial int Pa_GetDeviceCount();

    [LibraryImport(Name)]
    public static partial DeviceInfo* Pa_GetDeviceInfo(int device);

    [LibraryImport(Name)]
    public static partial int Pa_GetDefaultInputDevice();

    [LibraryImport(Name)]
    public static partial int Pa_GetDefaultOutputDevice();

    [LibraryImport(Name)]
    public static partial int Pa_IsFormatSupported(StreamParameters* input, StreamParameters* output, double sampleRate);

    [LibraryImport(Name)]
    public static partial int Pa_OpenStream(
        out nint stream, StreamParameters* input, StreamParameters* output, double sampleRate, CULong framesPerBuffer, CULong flags,
        delegate* unmanaged[Cdecl]<float*, float*, CULong, void*, CULong, nint, int> callback, nint userData);

    [LibraryImport(Name)]
    public static partial int Pa_StartStream(nint stream);

    [LibraryImport(Name)]
    public static partial int Pa_StopStream(nint stream);

    [LibraryImport(Name)]
    public static partial int Pa_CloseStream(nint stream);

    /// <summary>Throws what an error code means.</summary>
    /// <exception cref="AudioBackendException"><paramref name="code"/> is an error.</exception>
    public static void ThrowIfError(int code, string what)
    {
        if (code >= 0)
            return;

        var host = code == UnanticipatedHostError && Pa_GetLastHostErrorInfo() is var info && info is not null ? $" ({Marshal.PtrToStringUTF8(info->Text)})" : "";
        throw new AudioBackendException($"{what}: PortAudio says '{Marshal.PtrToStringUTF8(Pa_GetErrorText(code))}'{host}, error {code}.");
    }

    [LibraryImport(Name)]
    private static partial nint Pa_GetErrorText(int code);

    [LibraryImport(Name)]
    private static partial HostErrorInfo* Pa_GetLastHostErrorInfo();

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => name == Name ? Load() : 0;

    private static nint Load()
    {
        // The runtime package of Linux has no unversioned name.
        foreach (var name in new[] { "libportaudio.so.2", "libportaudio.2.dylib", Name })
        {
            if (NativeLibrary.TryLoad(name, typeof(PortAudioLibrary).Assembly, searchPath: null, out var handle))
                return handle;
        }

        return 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct DeviceInfo
    {
        public int StructVersion;
        public nint Name;
        public int HostApi;
        public int MaxInputChannels;
        public int MaxOutputChannels;
        public double DefaultLowInputLatency;
        public double DefaultLowOutputLatency;
        public double DefaultHighInputLatency;
        public double DefaultHighOutputLatency;
        public double DefaultSampleRate;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct StreamParameters
    {
        public int Device;
        public int ChannelCount;
        public CULong SampleFormat;
        public double SuggestedLatency;
        public nint HostApiSpecificStreamInfo;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct HostErrorInfo
    {
        public int HostApi;
        public CLong Code;
        public nint Text;
    }
}
