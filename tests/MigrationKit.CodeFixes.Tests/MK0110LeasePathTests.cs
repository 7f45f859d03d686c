using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0110UnreleasedLeaseAnalyzer, MigrationKit.CodeFixes.Rules.MK0110UnreleasedLeaseFix>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Leases that are released, but not on every path.</summary>
public sealed class MK0110LeasePathTests
{
    private const CodeState V2 = CodeState.S2 | CodeState.S3;
    private const string Pool = "var pool = new BufferPool();\n";

    [Fact]
    public Task ExceptionBeforeTheRelease_MovesTheReleaseToAUsing() => Verify.VerifyCodeFixAsync(
        InMethod(Pool + "{|MK0110:var lease = pool.Acquire();|}\nUse(audio);\nlease.Samples.Clear();\n// Done.\nlease.Dispose();"),
        InMethod(Pool + "using var lease = pool.Acquire();\nUse(audio);\nlease.Samples.Clear();\n// Done.\n").Replace("// Done.\n\n", "// Done.\n", StringComparison.Ordinal), V2);

    [Fact]
    public Task PathWithoutRelease_MovesTheReleaseToAUsing() => Verify.VerifyCodeFixAsync(
        InMethod(Pool + "{|MK0110:var lease = pool.Acquire();|}\nif (flag)\n{\n    return;\n}\npool.Release(lease); // slot\nKeep(pool);"),
        InMethod(Pool + "using var lease = pool.Acquire();\nif (flag)\n{\n    return;\n}\n// slot\nKeep(pool);"), V2);

    [Fact]
    public Task SeveralReleases_AllGo() => Verify.VerifyCodeFixAsync(
        InMethod(Pool + "{|MK0110:var lease = pool.Acquire();|}\nif (flag)\n{\n    Use(audio);\n    lease.Dispose();\n    return;\n}\nlease.Dispose();\nKeep(pool);"),
        InMethod(Pool + "using var lease = pool.Acquire();\nif (flag)\n{\n    Use(audio);\n    return;\n}\nKeep(pool);"), V2);

    [Theory]
    [InlineData("{|MK0110:var lease = pool.Acquire();|}\nif (flag)\n    lease.Dispose();")]
    [InlineData("{|MK0110:var lease = pool.Acquire();|}\nUse(audio);\ntry { Use(audio); } finally { lease.Dispose(); }")]
    [InlineData("{|MK0110:var lease = pool.Acquire();|}\ntry { Use(audio); lease.Dispose(); } catch (FormatException) { lease.Dispose(); }")]
    [InlineData("if (pool.TryAcquire(out var {|MK0110:lease|}))\n{\n    Use(audio);\n    lease.Dispose();\n}")]
    [InlineData("if (!pool.TryAcquire(out var {|MK0110:lease|}))\n    return;\nif (flag)\n    return;\nlease.Dispose();")]
    [InlineData("var ok = pool.TryAcquire(out var {|MK0110:lease|});\nif (ok && flag)\n    lease.Dispose();")]
    [InlineData("Action run = () => { if (pool.TryAcquire(out var {|MK0110:lease|})) { Use(audio); lease.Dispose(); } };\nrun();")]
    [InlineData("void Run() { while (pool.TryAcquire(out var {|MK0110:lease|})) { if (flag) continue; lease.Dispose(); } }\nRun();")]
    public Task MissedReleaseThatAFixCannotPlace_IsReportedWithoutFix(string uses) => Verify.VerifyCodeFixAsync(InMethod(Pool + uses), InMethod(Pool + uses), V2);

    [Theory]
    [InlineData("var lease = pool.Acquire();\nlease.Samples.Clear();\nlease.Samples[0] = 1;\nlease.Dispose();\nUse(audio);")]
    [InlineData("var lease = pool.Acquire();\ntry { Use(audio); } finally { lease.Dispose(); }")]
    [InlineData("var lease = pool.Acquire();\ntry { Use(audio); } finally { if (flag) pool.Release(lease); else lease.Dispose(); }")]
    [InlineData("var lease = pool.Acquire();\ntry { Use(audio); lease.Dispose(); } catch { lease.Dispose(); throw; }")]
    [InlineData("var lease = pool.Acquire();\ntry { Use(audio); lease.Dispose(); } catch (Exception) { lease.Dispose(); }")]
    [InlineData("try { var lease = pool.Acquire(); lease.Dispose(); Use(audio); } catch (Exception e) { Keep(e); }")]
    [InlineData("var lease = pool.Acquire();\nif (flag)\n{\n    lease.Dispose();\n    return;\n}\nlease.Samples.Clear();\nlease.Dispose();")]
    [InlineData("for (var i = 0; i < 3; i++)\n{\n    var lease = pool.Acquire();\n    lease.Samples[i] = audio[i];\n    lease.Dispose();\n    if (flag)\n        break;\n    Use(audio);\n}")]
    [InlineData("while (pool.TryAcquire(out var lease))\n{\n    lease.Dispose();\n    if (flag)\n        continue;\n    Use(audio);\n}")]
    [InlineData("if (!pool.TryAcquire(out var lease))\n    throw new InvalidOperationException();\nlease.Samples.Clear();\nlease.Dispose();")]
    [InlineData("var ok = pool.TryAcquire(out var lease);\nif (!ok)\n    return;\nlease.Dispose();\nUse(audio);")]
    [InlineData("bool ok;\nif ((ok = pool.TryAcquire(out var lease)) && flag)\n    Use(audio);\nif (ok)\n    lease.Dispose();")]
    [InlineData("if (pool.TryAcquire(out var lease))\n{\n    using (lease)\n        Use(audio);\n}")]
    [InlineData("if (pool.TryAcquire(out var lease))\n{\n    Use(audio);\n    Keep(lease);\n}")]
    [InlineData("var lease = pool.Acquire();\nUse(audio);\nSystem.Threading.Tasks.Task.Run(() => lease.Dispose());")]
    [InlineData("BufferLease Take() { var lease = pool.Acquire(); Use(audio); return lease; }\nTake().Dispose();")]
    public Task ReleasedOnEveryPathOrHandedOn_IsNotReported(string uses) => Verify.VerifyAnalyzerAsync(InMethod(Pool + uses), V2);

    [Theory]
    [InlineData("var lease = pool.Acquire();\nif (flag)\n    lease.Dispose();\nif (!flag)\n    lease.Dispose();")]
    [InlineData("var lease = pool.Acquire();\nif (flag)\n    lease.Dispose();\nif (flag)\n    return;\nlease.Dispose();")]
    [InlineData("var lease = pool.Acquire();\nvar isDone = flag;\nif (isDone)\n    lease.Dispose();\nUse(audio);\nif (isDone == false)\n    pool.Release(lease);")]
    [InlineData("var lease = pool.Acquire();\nswitch (audio.Length) { case 0: lease.Dispose(); break; }\nif (audio.Length > 0)\n    lease.Dispose();")]
    [InlineData("if (!pool.TryAcquire(out var lease))\n    return;\nif (flag)\n    lease.Dispose();\nfor (var i = 0; i < 2 && !flag; i++)\n    if (i == 1)\n        lease.Dispose();")]
    public Task ReleaseUnderAConditionThatIsAskedAgain_IsNotReported(string uses) => Verify.VerifyAnalyzerAsync(InMethod(Pool + uses), V2);

    [Fact]
    public Task ConditionThatIsAskedAgainBesideTheRelease_ChangesNothing() => Verify.VerifyCodeFixAsync(
        InMethod(Pool + "{|MK0110:var lease = pool.Acquire();|}\nif (flag)\n    return;\nif (!flag)\n    Use(audio);\nlease.Dispose();"),
        InMethod(Pool + "using var lease = pool.Acquire();\nif (flag)\n    return;\nif (!flag)\n    Use(audio);"), V2);

    [Fact]
    public Task TopLevelStatements_AreFollowedToo()
    {
        var source = "using System; using VoiceForge.Audio;\nvar pool = new BufferPool();\n{|MK0110:var lease = pool.Acquire();|}\nif (args.Length > 0)\n    return;\nlease.Dispose();\n";
        return Verify.VerifyCodeFixAsync(source, "using System; using VoiceForge.Audio;\nvar pool = new BufferPool();\nusing var lease = pool.Acquire();\nif (args.Length > 0)\n    return;\n", V2);
    }
}
