using System.Collections.Immutable;
using MigrationKit.Generated.Model;

namespace MigrationKit.Generated.Rendering;

/// <summary>Writes the steps of a body.</summary>
internal sealed class StepRenderer(CodeWriter code, ExpressionRenderer expressions, CallRenderer calls)
{
    public void Write(ImmutableArray<Step> steps, bool canAwait)
    {
        foreach (var step in steps)
        {
            Write(step, canAwait);
            code.BlankLine();
        }
    }

    private void Write(Step step, bool canAwait)
    {
        switch (step)
        {
            case Step.Perform perform:
                calls.Write(perform, canAwait);
                break;
            case Step.Inert inert:
                WriteInert(inert.Style);
                break;
            case Step.Branch branch:
                WriteEmbedded($"if (Log.Flag({expressions.Next()}, {(branch.IsTaken ? "true" : "false")}))", branch.Then, branch.HasBraces, canAwait);
                if (branch.Otherwise is { } otherwise)
                    WriteEmbedded("else", otherwise, branch.HasBraces, canAwait);
                break;
            case Step.Repeat repeat:
                WriteLoop(repeat, canAwait);
                break;
            case Step.Protected guarded:
                code.Open("try");
                Write(guarded.Body, canAwait);
                code.Close();
                code.Open(guarded.IsFinally ? "finally" : "catch (InvalidOperationException)");
                Write(guarded.Handler, canAwait);
                code.Close();
                break;
            case Step.Enclosed enclosed:
                WriteEnclosed(enclosed, canAwait);
                break;
        }
    }

    private void WriteInert(int style)
    {
        var number = expressions.Next();
        switch (style)
        {
            case 0:
                code.Line($"var keep{number}   =  Log.Int( {number},7 ) ; // c{expressions.Next()}   odd");
                break;
            case 1:
                code.Line($"Log.Int({number},  1);   ");
                break;
            case 2:
                code.Line($"/* c{number}");
                code.Raw($"      over lines */ Log.Touch( \"{number}\" );");
                break;
            default:
                code.Line($"if (Log.Flag({number}, true)) {{ }}   else {{ }}");
                break;
        }
    }

    private void WriteEmbedded(string header, Step step, bool hasBraces, bool canAwait)
    {
        if (hasBraces || step is not Step.Perform perform || !calls.IsOneStatement(perform))
        {
            code.Open(header);
            Write(step, canAwait);
            code.Close();
            return;
        }

        code.Line(header);
        code.Deeper(() => calls.Write(perform, canAwait));
        if (perform is { Leading: 0, HasTrailing: true } && perform.Call.Arguments.All(argument => !argument.OnOwnLine))
            code.JoinLast();
    }

    private void WriteLoop(Step.Repeat repeat, bool canAwait)
    {
        var counter = "i" + expressions.Next();
        switch (repeat.Loop)
        {
            case LoopKind.While when repeat.HasBraces || repeat.Body.Length != 1:
                code.Line($"var {counter} = 0;");
                code.Open($"while ({counter} < 2)");
                Write(repeat.Body, canAwait);
                code.Line($"{counter}++;");
                code.Close();
                break;
            case LoopKind.While:
                code.Line($"var {counter} = 0;");
                WriteEmbedded($"while ({counter}++ < 2)", repeat.Body[0], false, canAwait);
                break;
            case LoopKind.Do:
                code.Line($"var {counter} = 0;");
                code.Open("do");
                Write(repeat.Body, canAwait);
                code.Close($" while ({counter}++ < 1);");
                break;
            default:
                var header = repeat.Loop == LoopKind.For ? $"for (var {counter} = 0; {counter} < 2; {counter}++)" : $"foreach (var {counter} in new[] {{ 1, 2 }})";
                if (repeat.Body.Length == 1)
                {
                    WriteEmbedded(header, repeat.Body[0], repeat.HasBraces, canAwait);
                    break;
                }

                code.Open(header);
                Write(repeat.Body, canAwait);
                code.Close();
                break;
        }
    }

    private void WriteEnclosed(Step.Enclosed enclosed, bool canAwait)
    {
        var number = expressions.Next();
        switch (enclosed.Enclosure)
        {
            case Enclosure.Lambda:
                code.Open($"Action body{number} = () =>");
                Write(enclosed.Body, canAwait: false);
                code.Close(";");
                code.Line($"body{number}();");
                break;
            case Enclosure.LocalFunction:
                code.Line($"Run{number}();");
                code.Open($"void Run{number}()");
                Write(enclosed.Body, canAwait: false);
                code.Close();
                break;
            case Enclosure.Region:
                code.Line($"#region part {number}");
                Write(enclosed.Body, canAwait);
                code.Line("#endregion");
                break;
            case Enclosure.Lock:
                code.Open("lock (new object())");
                Write(enclosed.Body, canAwait: false);
                code.Close();
                break;
            default:
                code.Open("");
                Write(enclosed.Body, canAwait);
                code.Close();
                break;
        }
    }
}
