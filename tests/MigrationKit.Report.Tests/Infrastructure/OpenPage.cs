using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace MigrationKit.Report.Tests.Infrastructure;

/// <summary>A loaded page and everything it complained about or asked for.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();

    private OpenPage(IPage page, string address)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Enqueue($"console: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Enqueue($"error: {error}");
        page.Dialog += (_, dialog) => _complaints.Enqueue($"dialog: {dialog.Message}");
        page.Request += (_, request) =>
        {
            if (request.Url != address)
                _complaints.Enqueue($"request: {request.Url}");
        };
    }

    public IPage Page { get; }

    public static async Task<OpenPage> LoadAsync(IPage page, string address)
    {
        var open = new OpenPage(page, address);
        await page.GotoAsync(address);
        return open;
    }

    public ILocator Section(string id) => Page.Locator($"#{id}");

    public Task<string> CountAsync() => Page.Locator("#count").InnerTextAsync();

    public Task<int> NodesAsync() => Page.EvaluateAsync<int>("document.querySelectorAll('*').length");

    /// <summary>Fails if the page reported an error, opened a dialog, or asked for anything but itself.</summary>
    public void AssertQuiet() => Assert.Empty(_complaints);

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
