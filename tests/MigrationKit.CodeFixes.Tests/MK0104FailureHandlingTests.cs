using static MigrationKit.CodeFixes.Tests.MK0104Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0104UncheckedStartAnalyzer, MigrationKit.CodeFixes.Rules.MK0104UncheckedStartFix>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>What the check does, by the place it stands in.</summary>
public sealed class MK0104FailureHandlingTests
{
    [Theory]
    [InlineData("C()", "new C();")]
    [InlineData("static C()", "new C();")]
    [InlineData("~C()", "new C();")]
    [InlineData("public void Dispose()", "new C().Dispose();")]
    public Task PlaceThatMustNotThrow_OnlyLogs(string member, string use) => Verify.VerifyCodeFixAsync(
        $$"""
        using System;
        using VoiceForge.Audio;
        class C
        {
            static AudioStreamV2 s_stream = null!;
            {{member}}
            {
                [|s_stream.Start()|];
            }
            static void Use() { {{use}} }
        }
        """,
        $$"""
        using System;
        using VoiceForge.Audio;
        class C
        {
            static AudioStreamV2 s_stream = null!;
            {{member}}
            {
                if (!s_stream.Start())
                {
                    Console.Error.WriteLine("Audio stream failed to start.");
                }
            }
            static void Use() { {{use}} }
        }
        """,
        V2);

    [Fact]
    public Task Finally_OnlyLogs() => VerifyBody(
        """
        try { Other(); }
        finally
        {
            [|stream.Start()|];
        }
        """,
        """
        try { Other(); }
        finally
        {
            if (!stream.Start())
            {
                Console.Error.WriteLine("Audio stream failed to start.");
            }
        }
        """);

    [Theory]
    [InlineData("int Main()", "return 0;", "return 1;")]
    [InlineData("async Task<int> Main(string[] args)", "await Task.Yield(); return 0;", "return 1;")]
    [InlineData("void Main()", "", "Environment.ExitCode = 1;\n        return;")]
    [InlineData("async Task Main()", "await Task.Yield();", "Environment.ExitCode = 1;\n        return;")]
    [InlineData("Task Main()", "return Task.CompletedTask;", null)]
    public Task Main_EndsWithAnExitCode(string signature, string end, string? leave)
    {
        var failure = leave is null ? """throw new InvalidOperationException("Init failed");""" : "Console.Error.WriteLine(\"Init failed\");\n            " + leave.Replace("\n        ", "\n            ", StringComparison.Ordinal);
        return Verify.VerifyCodeFixAsync(
            $$"""
            using System;
            using System.Threading.Tasks;
            using VoiceForge;
            static class Program
            {
                static {{signature}}
                {
                    using var app = new VoiceForgeAppV2();
                    [|app.Initialize()|];
                    {{end}}
                }
            }
            """,
            $$"""
            using System;
            using System.Threading.Tasks;
            using VoiceForge;
            static class Program
            {
                static {{signature}}
                {
                    using var app = new VoiceForgeAppV2();
                    if (!app.Initialize())
                    {
                        {{failure}}
                    }
                    {{end}}
                }
            }
            """,
            V2);
    }

    [Theory]
    [InlineData("static void Main() { ILogger logger = L(); ", "logger")]
    [InlineData("static ILogger<string> s_log = null!; static void Main() { ", "s_log")]
    [InlineData("static ILogger Log { get; } = null!; static void Main() { ", "Log")]
    [InlineData("static void Main() { ILogger later; ", null)]
    [InlineData("static ILogger? s_log = null; static void Main() { ", null)]
    [InlineData("ILogger _log = null!; static void Main() { ", null)]
    public Task Main_UsesTheLoggerInScope(string start, string? logger) => Verify.VerifyCodeFixAsync(
        $$"""
        using System;
        using Microsoft.Extensions.Logging;
        using VoiceForge;
        class Program { static ILogger L() => null!;
            {{start}}
                [|new VoiceForgeAppV2().Initialize()|];
            }
        }
        """,
        $$"""
        using System;
        using Microsoft.Extensions.Logging;
        using VoiceForge;
        class Program { static ILogger L() => null!;
            {{start}}
                if (!new VoiceForgeAppV2().Initialize())
                {
                    {{(logger is null ? "Console.Error.WriteLine" : logger + ".LogError")}}("Init failed");
                    Environment.ExitCode = 1;
                    return;
                }
            }
        }
        """,
        V2);

    [Fact]
    public Task LoggerWithoutItsNamespace_IsNotUsed() => Verify.VerifyCodeFixAsync(
        """
        class Program
        {
            static int Main(Microsoft.Extensions.Logging.ILogger logger)
            {
                [|new VoiceForge.VoiceForgeAppV2().Initialize()|];
                return 0;
            }
        }
        """,
        """
        class Program
        {
            static int Main(Microsoft.Extensions.Logging.ILogger logger)
            {
                if (!new VoiceForge.VoiceForgeAppV2().Initialize())
                {
                    System.Console.Error.WriteLine("Init failed");
                    return 1;
                }
                return 0;
            }
        }
        """,
        V2);

    [Theory]
    [InlineData("", "\nreturn 0;")]
    [InlineData("\n", "return 0;\n")]
    [InlineData("\nreturn 0;", "\nreturn 0;")]
    [InlineData("\nwhile (true) { }", "\nwhile (true) { }")]
    [InlineData("\nthrow new System.Exception();", "\nthrow new System.Exception();")]
    [InlineData("\nvoid Local() { return; }\nclass C { }", "return 0;\nvoid Local() { return; }\nclass C { }")]
    [InlineData("\nclass C { }\n", "return 0;\nclass C { }\n")]
    public Task TopLevel_ReturnsOne(string tail, string expectedTail) => Verify.VerifyCodeFixAsync(
        $$"""
        var app = new VoiceForge.VoiceForgeAppV2();
        [|app.Initialize()|]; // first
        [|app.StartGoldenPath()|]; // second{{tail}}
        """,
        $$"""
        var app = new VoiceForge.VoiceForgeAppV2();
        if (!app.Initialize()) // first
        {
            System.Console.Error.WriteLine("Init failed");
            return 1;
        }
        if (!app.StartGoldenPath()) // second
        {
            System.Console.Error.WriteLine("Start failed");
            return 1;
        }{{(expectedTail.StartsWith('\n') ? expectedTail : "\n" + expectedTail)}}
        """,
        V2);

    [Fact]
    public Task TopLevelWithBareReturn_SetsTheExitCode() => Verify.VerifyCodeFixAsync(
        """
        using System;
        var app = new VoiceForge.VoiceForgeAppV2();
        if (args.Length > 0)
            return;
        [|app.Initialize()|];
        """,
        """
        using System;
        var app = new VoiceForge.VoiceForgeAppV2();
        if (args.Length > 0)
            return;
        if (!app.Initialize())
        {
            Console.Error.WriteLine("Init failed");
            Environment.ExitCode = 1;
            return;
        }
        """,
        V2);

    [Fact]
    public Task TryBody_ThrowsToTheSameHandler() => VerifyBody(
        """
        try { [|stream.Start()|]; } catch { }
        """,
        """
        try { if (!stream.Start()) { throw new InvalidOperationException("Audio stream failed to start."); } } catch { }
        """);
}
