using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;
using static MigrationKit.CodeFixes.Tests.ReplaceWithVerifier;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Code runs before and after the fix, and does the same things in the same order.</summary>
public sealed class MK0901EvaluationOrderTests
{
    private const int Files = 5;
    private const int CasesAFile = 25;

    private static readonly Gen<string> Templates = Gen.OneOf(
        Calls(Gen.Elements("{a}", "{b}", "{c}", "7", "{a} + {b}", "{b} * 2", "({a} > 1 ? {b} : {c})", "Make(() => {c})", "Sum({c}, {a}, 1)")),
        Gen.Elements(
            "{c} + {b} * {a}", "{a} > 0 && {b} > {c} ? {a} : 5", "{this}.Self.Sum({b}, {a}, {c})", "{this}.Begin().Sum({a}, {b}, {c})", "Twice({this}, {this}, {b})", "{a}"));

    private static readonly Gen<string> Arguments = Gen.Elements(
        "1", "n", "m + 1", "n++", "_f", "Step(3)", "Bump()", "s.Sum(n, Step(4), 2)", "(n = 6)", "s.Old(Step(5), n, 3)", "-n", "arr[0]++", "Lib.Tool.Log", "captured");

    private static readonly Gen<string> Statements = Gen.Elements(
        "var v = USE;", "Print(USE);", "n = USE;", "if (USE > 3) Print(1); else Print(2);", "foreach (var i in new int[USE > 0 ? 1 : 2]) Print(i);", "if (n > 0) Print(USE);",
        "switch (USE) { case 1: Print(1); break; default: Print(USE); break; }", "bool b = n > 0 && USE > 2; Print(b ? 1 : 0);", "while (USE > 100) break;", "Print(Step(8) + USE);",
        "Print(n + USE);", "_f = USE;", "arr[Step(0)] = USE;", "Func<int> g = () => USE; Print(g());", "Func<int> g = () => { return USE; }; captured++; Print(g());", "n += USE;");

    private static readonly Gen<(string Template, string Statement, string Arguments)> Cases =
        from template in Templates
        from statement in Statements
        from receiver in Gen.Elements("s", "s", "Other()", "s.Self")
        from arguments in Arguments.ArrayOf(3)
        from order in Gen.Elements("abc", "abc", "acb", "bca", "cba")
        select (template, statement, $"{receiver}|{string.Join(", ", order.Select(name => order == "abc" ? arguments[name - 'a'] : $"{name}: {arguments[name - 'a']}"))}");

    [Fact]
    public void AnyTemplateAndArguments_RunInTheSameOrder()
    {
        var seen = new List<string>();
        Prop.ForAll(Cases.ArrayOf(CasesAFile).ToArbitrary(), cases => seen.AddRange(RunSame(cases).GetAwaiter().GetResult()))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Files));

        // Else the property would hold because nothing was ever changed.
        Assert.All([Facts.Safe, Facts.Review, Facts.Manual], safety => Assert.True(seen.Count(each => each == safety) >= Files, $"Few findings are '{safety}'."));
    }

    private static Gen<string> Calls(Gen<string> holes) => holes.ArrayOf(3).Select(parts => $"Sum({string.Join(", ", parts)})");

    /// <summary>Compares what every case does before and after; gives the safety of what was found.</summary>
    private static async Task<IEnumerable<string>> RunSame((string Template, string Statement, string Arguments)[] cases)
    {
        var (library, program) = (LibraryOf(cases), ProgramOf(cases));
        var project = Project(library, program, isAssembly: false);
        var before = await RunAsync(project, cases.Length);
        var after = await FixAllAsync(project);
        var now = await RunAsync(Project(library, after, isAssembly: false), cases.Length);
        for (var i = 0; i < cases.Length; i++)
        {
            if (before[i] != now[i])
                throw new Xunit.Sdk.XunitException($"Template: {cases[i].Template}\nBefore: {before[i]}\nAfter:  {now[i]}\n{Method(program, i)}\nbecame\n{Method(after, i)}");
        }

        return (await FindAsync(project)).Select(finding => finding.Properties[Facts.Safety]!);
    }

    private static string Method(string program, int index) => program.Split("// case ")[index + 1];

    /// <summary>Each old member does what its template says with its parameters, so that only the arguments can make a difference.</summary>
    private static string LibraryOf((string Template, string Statement, string Arguments)[] cases) => "using MigrationKit; using System; namespace Lib { public class Speech { "
        + "public Speech Self => this; public Speech Begin() { Tool.Trace.Add(\"begin\"); Tool.Log++; return this; } "
        + "public int Sum(int a, int b, int c) { Tool.Trace.Add($\"sum {a} {b} {c}\"); return a + 2 * b + 3 * c; } "
        + "public int Make(Func<int> f) { Tool.Log++; return f() + f(); } public int Twice(Speech x, Speech y, int b) { Tool.Trace.Add(\"twice\"); return x == y ? b : -b; } "
        + "public int Old(int a, int b, int c) => Sum(a, b, c); "
        + string.Concat(cases.Select((each, i) => $"[ReplaceWith(\"{each.Template}\")] public int Old{i}(int a, int b, int c) => {Regex.Replace(each.Template, @"\{(\w+)\}", "$1")}; "))
        + "} public static class Tool { public static int Log; public static System.Collections.Generic.List<string> Trace = new(); } }";

    private static string ProgramOf((string Template, string Statement, string Arguments)[] cases) => """
        using System;
        using Lib;
        public class C
        {
            int _f = 2;
            int[] arr = { 1, 2 };
            static int Step(int n) { Tool.Trace.Add("step " + n); return n; }
            int Bump() { Tool.Trace.Add("bump " + _f); Tool.Log++; return _f++; }
            static void Print(object value) => Tool.Trace.Add("print " + value);
            static Speech Other() { Tool.Trace.Add("other"); return new Speech(); }

        """ + string.Concat(cases.Select((each, i) =>
        {
            var parts = each.Arguments.Split('|');
            var statement = each.Statement.Replace("USE", $"{parts[0]}.Old{i}({parts[1]})", StringComparison.Ordinal);
            return $"    // case {i}\n    public void M{i}(Speech s, int n, int m)\n    {{\n        int captured = 4;\n        Action grow = () => captured++;\n        {statement}\n"
                + "        grow();\n        Print(n); Print(m); Print(_f); Print(captured); Print(Tool.Log);\n    }\n";
        })) + "}\n";

    private static async Task<string[]> RunAsync(Project project, int count)
    {
        using var image = new MemoryStream();
        var compilation = (await project.GetCompilationAsync())!;
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics.Where(each => each.Severity == DiagnosticSeverity.Error)) + "\n" + compilation.SyntaxTrees.First());
        image.Position = 0;
        var context = new AssemblyLoadContext("case", isCollectible: true);
        try
        {
            var assembly = context.LoadFromStream(image);
            var trace = (List<string>)assembly.GetType("Lib.Tool")!.GetField("Trace")!.GetValue(null)!;
            return [.. Enumerable.Range(0, count).Select(i => Run(assembly, i, trace))];
        }
        finally
        {
            context.Unload();
        }
    }

    private static string Run(Assembly assembly, int index, List<string> trace)
    {
        trace.Clear();
        assembly.GetType("Lib.Tool")!.GetField("Log")!.SetValue(null, 0);
        var type = assembly.GetType("C")!;
        var speech = Activator.CreateInstance(assembly.GetType("Lib.Speech")!);
        type.GetMethod("M" + index)!.Invoke(Activator.CreateInstance(type), [speech, 5, 6]);
        return string.Join("; ", trace);
    }
}
