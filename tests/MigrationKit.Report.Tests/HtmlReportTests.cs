using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationKit.Cli.Reporting;
using MigrationKit.Report.Tests.Infrastructure;

namespace MigrationKit.Report.Tests;

public sealed class HtmlReportTests
{
    private static readonly string Json = JsonReport.Of(Reports.Small());
    private static readonly string Page = HtmlReport.Of(Json);

    [Fact]
    public void Policy_AllowsTheStyleAndScriptOfThePageAndNothingElse()
    {
        var policy = Regex.Match(Page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        Assert.Equal($"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{HashOf("style")}'; script-src '{HashOf("script")}'", policy);

        static string HashOf(string element) =>
            "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Regex.Match(Page, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value)));
    }

    [Fact]
    public void Report_StandsInThePageAsItIs()
    {
        var embedded = Regex.Match(Page, "<script type=\"application/json\" id=\"report\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Json), JsonNode.Parse(embedded)));
        Assert.DoesNotContain("<img", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void EditedStoredReport_CannotEndItsElement()
    {
        var edited = Json.Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal);
        Assert.Contains("</script><img", edited, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", HtmlReport.Of(edited), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_NamesNothingToLoad() =>
        Assert.DoesNotMatch("(?i)<(link|img|iframe|script src|object|embed)|@import|url\\(|fetch\\(|XMLHttpRequest|innerHTML", Page);
}
