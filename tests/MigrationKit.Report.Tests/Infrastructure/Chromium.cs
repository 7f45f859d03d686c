namespace MigrationKit.Report.Tests.Infrastructure;

/// <summary>Where the browser stands; Playwright's own download is not used.</summary>
internal static class Chromium
{
    /// <summary>Null where there is none.</summary>
    public static string? Path { get; } = new[]
    {
        Environment.GetEnvironmentVariable("CHROMIUM_PATH"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    }.FirstOrDefault(File.Exists);
}
