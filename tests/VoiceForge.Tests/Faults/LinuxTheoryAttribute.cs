namespace VoiceForge.Tests.Faults;

/// <summary>A theory that calls Linux's own libraries.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "It calls the C library of Linux.";
    }
}
