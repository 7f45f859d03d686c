using static MigrationKit.CodeFixes.Tests.Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0107VoiceForgeAppAnalyzer, MigrationKit.CodeFixes.Rules.MK0107VoiceForgeAppFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0107VoiceForgeAppTests
{
    [Fact]
    public Task Guide_R10_R11_R12_TopLevelProgram() => Verify.VerifyCodeFixAsync(
        TopLevel("""
            var app = new {|MK0107:VoiceForgeApp|}();
            app.Initialize();
            app.StartGoldenPath();
            """),
        TopLevel("""
            var app = new VoiceForgeAppV2();
            if (!app.Initialize())
            {
                Console.Error.WriteLine("Init failed");
                return 1;
            }
            if (!app.StartGoldenPath())
            {
                Console.Error.WriteLine("Start failed");
                return 1;
            }
            return 0;
            """));

    [Fact]
    public Task IntMain_ReturnsOne() => Verify.VerifyCodeFixAsync(
        InClass("""
            static int Main()
            {
                using {|MK0107:VoiceForgeApp|} app = new();
                app.Initialize();
                return 0;
            }
            """, "static class Program") ,
        InClass("""
            static int Main()
            {
                using VoiceForgeAppV2 app = new();
                if (!app.Initialize())
                {
                    Console.Error.WriteLine("Init failed");
                    return 1;
                }
                return 0;
            }
            """, "static class Program"));

    [Fact]
    public Task FieldUsedInLibrary_Throws() => Verify.VerifyCodeFixAsync(
        InClass("""
            private readonly {|MK0107:VoiceForgeApp|} _app = new();

            public void Open() => _app.Initialize();

            public void Run()
            {
                _app?.StartGoldenPath();
            }
            """),
        InClass("""
            private readonly VoiceForgeAppV2 _app = new();

            public void Open()
            {
                if (!_app.Initialize())
                {
                    throw new InvalidOperationException("Init failed");
                }
            }

            public void Run()
            {
                if (_app?.StartGoldenPath() == false)
                {
                    throw new InvalidOperationException("Start failed");
                }
            }
            """));

    [Fact]
    public Task NameOf_IsRenamed() => Verify.VerifyCodeFixAsync(
        InClass("string Name => nameof({|MK0107:VoiceForgeApp|});"), InClass("string Name => nameof(VoiceForgeAppV2);"));

    [Fact]
    public Task OwnTypeOfTheSameName_IsNotTouched() => Verify.VerifyAnalyzerAsync(
        "class VoiceForgeApp { public void Initialize() { } } class C { void M() { new VoiceForgeApp().Initialize(); } }");
}
