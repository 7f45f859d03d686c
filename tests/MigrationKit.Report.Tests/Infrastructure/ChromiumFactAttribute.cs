namespace MigrationKit.Report.Tests.Infrastructure;

/// <summary>A test that needs a browser: where there is none it is skipped, and says how to get one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Chromium.Path is null)
            Skip = "Chromium is missing: sudo apt-get install --yes chromium (or point CHROMIUM_PATH at one).";
    }
}
