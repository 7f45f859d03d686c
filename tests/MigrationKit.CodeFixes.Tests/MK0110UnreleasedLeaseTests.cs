using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0110UnreleasedLeaseAnalyzer, MigrationKit.CodeFixes.Rules.MK0110UnreleasedLeaseFix>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Leases exist in V2 only.</summary>
public sealed class MK0110UnreleasedLeaseTests
{
    private const CodeState V2 = CodeState.S2 | CodeState.S3;
    private const string Pool = "var pool = new BufferPool();\n";

    [Fact]
    public Task LocalLease_IsReleasedAtTheEndOfItsScope() => Verify.VerifyCodeFixAsync(
        InMethod(Pool + "// One block.\n{|MK0110:var lease = pool.Acquire();|} // taken\nvar samples = lease.Samples;\nsamples.Clear();"),
        InMethod(Pool + "// One block.\nusing var lease = pool.Acquire(); // taken\nvar samples = lease.Samples;\nsamples.Clear();"), V2);

    [Fact]
    public Task SeveralLeases_AreAllReleased() => Verify.VerifyCodeFixAsync(
        InMethod(Pool + "{|MK0110:BufferLease a = pool.Acquire();|}\nif (flag)\n{\n    {|MK0110:var b = pool.Acquire();|}\n    b.Samples.CopyTo(a.Samples);\n}"),
        InMethod(Pool + "using BufferLease a = pool.Acquire();\nif (flag)\n{\n    using var b = pool.Acquire();\n    b.Samples.CopyTo(a.Samples);\n}"), V2);

    [Fact]
    public Task UncheckedTryAcquire_IsChecked() => Verify.VerifyCodeFixAsync(
        InMethod(Pool + "{|MK0110:pool.TryAcquire(out var lease)|};\nlease.Samples.Clear();\nlease.Dispose();"),
        InMethod(Pool + "if (!pool.TryAcquire(out var lease))\n{\n    throw new InvalidOperationException(\"Buffer pool exhausted.\");\n}\nlease.Samples.Clear();\nlease.Dispose();"), V2);

    [Theory]
    [InlineData("if (pool.TryAcquire(out var {|MK0110:lease|}))\n    lease.Samples.Clear();")]
    [InlineData("{|MK0110:pool.Acquire()|};")]
    [InlineData("Span<float> outer = default;\nif (flag)\n{\n    {|MK0110:var lease = pool.Acquire();|}\n    outer = lease.Samples;\n}\nouter.Clear();")]
    [InlineData("switch (flag)\n{\n    default:\n        {|MK0110:var lease = pool.Acquire();|}\n        lease.Samples.Clear();\n        break;\n}")]
    [InlineData("{|MK0110:BufferLease a = pool.Acquire(), b = default;|}\na.Samples.Clear();\nb.Dispose();")]
    [InlineData("int Length() => pool.TryAcquire(out var {|MK0110:lease|}) ? lease.Samples.Length : 0;\nLength();")]
    public Task LeaseThatAFixCannotPlace_IsReportedWithoutFix(string uses) => Verify.VerifyCodeFixAsync(InMethod(Pool + uses), InMethod(Pool + uses), V2);

    [Fact]
    public Task SpanThatIsReturned_IsReportedWithoutFix()
    {
        var source = InClass("static Span<float> Take(BufferPool pool)\n{\n    {|MK0110:var lease = pool.Acquire();|}\n    return lease.Samples;\n}");
        return Verify.VerifyCodeFixAsync(source, source, V2);
    }

    [Theory]
    [InlineData("using var lease = pool.Acquire();\nlease.Samples.Clear();")]
    [InlineData("var lease = pool.Acquire();\nlease.Dispose();")]
    [InlineData("var lease = pool.Acquire();\npool.Release(lease);")]
    [InlineData("var lease = pool.Acquire();\nusing (lease)\n    lease.Samples.Clear();")]
    [InlineData("var lease = pool.Acquire();\nvar kept = lease;\nkept.Dispose();")]
    [InlineData("var lease = pool.Acquire();\nAction release = () => lease.Dispose();\nrelease();")]
    [InlineData("if (pool.TryAcquire(out var lease))\n    lease.Dispose();")]
    [InlineData("_ = pool.TryAcquire(out var lease);\nlease.Dispose();")]
    public Task ReleasedOrHandedOn_IsNotReported(string uses) => Verify.VerifyAnalyzerAsync(InMethod(Pool + uses), V2);
}
