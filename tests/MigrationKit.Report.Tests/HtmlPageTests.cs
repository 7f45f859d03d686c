using Microsoft.Playwright;
using MigrationKit.Cli.Reporting;
using MigrationKit.Report.Tests.Infrastructure;

namespace MigrationKit.Report.Tests;

/// <summary>The page as a person with a browser, a keyboard, and no network has it.</summary>
public sealed class HtmlPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly string Small = HtmlReport.Of(JsonReport.Of(Reports.Small()));

    [ChromiumFact]
    public async Task Page_ShowsTheRunWithoutNetworkErrorOrMarkupFromTheReport()
    {
        await using var page = await browser.OpenAsync(Small);

        Assert.Contains("Found 5 = 2 fixed + 1 manual + 1 unverified + 1 skipped", await page.Page.Locator("#sum").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("compiles: yes", await page.Page.Locator("#facts").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(3, await page.Section("left").Locator("li").CountAsync());
        Assert.Equal(1, await page.Section("review").Locator("li").CountAsync());
        Assert.Equal(2, await page.Section("files").Locator("li").CountAsync());
        Assert.Contains("<b>decide</b>", await page.Section("left").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("B/Page.razor", await page.Section("coverage").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Page.Locator("img").CountAsync());
        page.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Diff_StandsSideBySideOnceItIsOpened()
    {
        await using var page = await browser.OpenAsync(Small);
        var file = page.Section("files").Locator("details").First;
        Assert.Equal(0, await file.Locator("table").CountAsync());

        await file.Locator("summary").ClickAsync();

        var changed = file.Locator("tr", new() { Has = page.Page.Locator("td.del") }).First;
        Assert.Equal(["2", "    a.Generate(x); // <b>", "2", "    a.GenerateAudio(x); // <b>"], await changed.Locator("td").AllTextContentsAsync());
        Assert.Equal("Audio", await changed.Locator("td.add mark").TextContentAsync());
        page.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Diff_PutsLinesThatResembleEachOtherSideBySide()
    {
        var report = Reports.Of([], [Reports.Change("A.cs", "{\n    var heard = new RingBuffer(480);\n    stream.Start();\n}\n", "{\n    using var pool = Pool();\n    var heard = new TripleBuffer(480);\n    if (!stream.Start())\n        throw;\n}\n")]);
        await using var page = await browser.OpenAsync(HtmlReport.Of(JsonReport.Of(report)));
        await page.Section("files").Locator("summary").ClickAsync();

        var rows = page.Section("files").Locator("tr");
        Assert.Equal(["", "", "2", "    using var pool = Pool();"], await rows.Nth(1).Locator("td").AllTextContentsAsync());
        Assert.Equal(["2", "    var heard = new RingBuffer(480);", "3", "    var heard = new TripleBuffer(480);"], await rows.Nth(2).Locator("td").AllTextContentsAsync());
        Assert.Equal(["3", "    stream.Start();", "4", "    if (!stream.Start())"], await rows.Nth(3).Locator("td").AllTextContentsAsync());
        page.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Filters_NarrowFindingsAndFilesAndSayHowMany()
    {
        await using var page = await browser.OpenAsync(Small);
        Assert.Equal("5 findings of 5, 2 files", await page.CountAsync());

        await page.Page.SelectOptionAsync("#f-rule", "MK0001");
        Assert.Equal("1 finding of 5, 0 files", await page.CountAsync());
        await page.Page.SelectOptionAsync("#f-rule", "");
        await page.Page.SelectOptionAsync("#f-safety", "review");
        Assert.Equal("1 finding of 5, 1 file", await page.CountAsync());
        await page.Page.SelectOptionAsync("#f-safety", "");
        await page.Page.SelectOptionAsync("#f-project", "B/Project.csproj");
        Assert.Equal("3 findings of 5, 0 files", await page.CountAsync());
        await page.Page.FillAsync("#f-text", "cs1503");
        Assert.Equal("1 finding of 5, 0 files", await page.CountAsync());
        Assert.Equal(1, await page.Section("left").Locator("li").CountAsync());

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#count")).ToHaveTextAsync("5 findings of 5, 2 files");
        page.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Keyboard_ReachesFiltersAndDiffs()
    {
        await using var page = await browser.OpenAsync(Small);

        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the findings", await Focused("e => e.textContent"));
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await Focused("e => e.id"));

        // From a rule in the summary to its findings.
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "MK0003", Exact = true }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("4 findings of 5, 1 file", await page.CountAsync());
        Assert.Equal("content", await Focused("e => e.id"));

        await page.Section("files").Locator("summary").First.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Section("files").Locator("td.add").First).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.StartsWith("Changes in A/Speech", await Focused("e => e.getAttribute('aria-label')"), StringComparison.Ordinal);
        page.AssertQuiet();

        Task<string> Focused(string what) => page.Page.EvaluateAsync<string>($"({what})(document.activeElement)");
    }

    [ChromiumFact]
    public async Task ScreenReader_FindsLandmarksNamesAndLiveCounts()
    {
        await using var page = await browser.OpenAsync(Small);

        Assert.Equal(1, await page.Page.GetByRole(AriaRole.Main).CountAsync());
        Assert.Equal(1, await page.Page.GetByRole(AriaRole.Search).CountAsync());
        Assert.Equal(1, await page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync());
        foreach (var name in new[] { "Rule", "Project", "Safety", "Status" })
            Assert.Equal(1, await page.Page.GetByRole(AriaRole.Combobox, new() { Name = name }).CountAsync());
        Assert.Equal("polite", await page.Page.Locator("#count").GetAttributeAsync("aria-live"));
        Assert.Equal("en", await page.Page.Locator("html").GetAttributeAsync("lang"));
        var unnamed = await page.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('section')].filter(s => !document.getElementById(s.getAttribute('aria-labelledby'))).map(s => s.id)");
        Assert.Empty(unnamed);
    }

    [ChromiumFact]
    public async Task FiveThousandChanges_StayFewNodes()
    {
        await using var page = await browser.OpenAsync(HtmlReport.Of(JsonReport.Of(Reports.Large())));
        Assert.Equal("5,000 findings of 5,000, 500 files", await page.CountAsync());
        Assert.InRange(await page.NodesAsync(), 500, 5_000);
        Assert.Equal("2,500 × MK0001 Generate → GenerateAudio 500 to review", await page.Section("shapes").Locator("summary").First.TextContentAsync());

        await page.Page.SelectOptionAsync("#f-project", "P3/Project.csproj");
        Assert.Equal("500 findings of 5,000, 50 files", await page.CountAsync());
        Assert.InRange(await page.NodesAsync(), 300, 5_000);

        await page.Page.SelectOptionAsync("#f-project", "");
        await page.Section("files").GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal(200, await page.Section("files").Locator("ol > li").CountAsync());
        Assert.Equal("SUMMARY", await page.Page.EvaluateAsync<string>("document.activeElement.tagName"));
        await page.Section("files").Locator("summary").Last.ClickAsync();
        await Assertions.Expect(page.Section("files").Locator("td.add:not(.no)")).ToHaveCountAsync(10); // drawn once the browser says that it opened
        Assert.InRange(await page.NodesAsync(), 500, 10_000);
        page.AssertQuiet();
    }

    [ChromiumFact]
    public async Task DarkSchemeAndSmallWindow_AreFollowed()
    {
        await using var light = await browser.OpenAsync(Small);
        await using var dark = await browser.OpenAsync(Small, ColorScheme.Dark, width: 400);

        Assert.NotEqual(await Background(light), await Background(dark));
        Assert.True(await dark.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways");
        dark.AssertQuiet();

        static Task<string> Background(OpenPage page) => page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    [ChromiumFact]
    public async Task Check_ShowsFindingsAndNoDiffs()
    {
        var report = Reports.Of([Reports.Finding("A.cs", 1, Cli.Analysis.FindingStatus.Open)], [], new() { Path = Reports.Folder, Fix = false });
        await using var page = await browser.OpenAsync(HtmlReport.Of(JsonReport.Of(report)));
        Assert.Equal("Findings (1)", await page.Page.Locator("#left-title").InnerTextAsync());
        Assert.False(await page.Section("files").IsVisibleAsync());
        page.AssertQuiet();
    }

    [ChromiumFact]
    public async Task EmptyRun_IsAPageToo()
    {
        await using var page = await browser.OpenAsync(HtmlReport.Of(JsonReport.Of(Reports.Of([], []))));
        Assert.Equal("0 findings of 0, 0 files", await page.CountAsync());
        page.AssertQuiet();
    }
}
