using MigrationKit.Generated.Model;

namespace MigrationKit.Generated.Rendering;

/// <summary>Writes one V1 call in its shape.</summary>
/// <param name="canWaitForTask">Not in a static constructor: a task that touches the type waits for the constructor, and that for the task.</param>
internal sealed class CallRenderer(CodeWriter code, ExpressionRenderer expressions, ProgramMembers members, bool canWaitForTask)
{
    /// <summary>Whether the call may be the body of an <c>if</c> without braces.</summary>
    public bool IsOneStatement(Step.Perform perform) => EffectiveShape(perform)
        is Shape.Statement or Shape.Conditional or Shape.Argument or Shape.Interpolation or Shape.Ternary or Shape.PassedObject or Shape.ExpressionBody or Shape.AwaitedTask or Shape.Chained;

    public void Write(Step.Perform perform, bool canAwait)
    {
        for (var i = 0; i < perform.Leading; i++)
            code.Line(i % 2 == 0 ? $"// c{expressions.Next()}" : expressions.Comment());

        var lines = Lines(perform, canAwait).ToList();
        for (var i = 0; i < lines.Count; i++)
            code.Line(perform.HasTrailing && i == lines.Count - 1 ? $"{lines[i]} // c{expressions.Next()}" : lines[i]);
    }

    private IEnumerable<string> Lines(Step.Perform perform, bool canAwait)
    {
        var call = perform.Call;
        var member = expressions.MemberOf(call);
        var shape = EffectiveShape(perform);
        var isVoid = member.Result == ValueKind.Nothing;
        var type = TypeOf(member.Result);
        var number = expressions.Next();
        switch (shape)
        {
            case Shape.Conditional:
                yield return Taken(expressions.Call(call, access: "?."), isVoid);
                break;
            case Shape.Lambda:
                yield return $"{(isVoid ? "Action" : $"Func<{type}>")} run{number} = () => {expressions.Call(call)};";
                yield return Taken($"run{number}()", isVoid);
                break;
            case Shape.MethodGroup:
                var types = member.Parameters.Select(parameter => TypeOf(parameter.Kind)).Concat(isVoid ? [] : [type]).ToList();
                var generic = types.Count > 0 ? $"<{string.Join(", ", types)}>" : "";
                yield return $"{(isVoid ? "Action" : "Func")}{generic} run{number} = {expressions.NameOf(call.Holder)}.{member.Name};";
                yield return Taken($"run{number}({expressions.Values(call)})", isVoid);
                break;
            case Shape.LocalFunction:
                yield return $"{type} Run{number}() => {expressions.Call(call)};";
                yield return Taken($"Run{number}()", isVoid);
                break;
            case Shape.AwaitedTask:
                var task = $"Task.Run(() => {expressions.Call(call)})";
                yield return Taken(canAwait ? "await " + task : task + ".GetAwaiter().GetResult()", isVoid);
                break;
            case Shape.PassedObject or Shape.ExpressionBody:
                var helper = members.AddHelper(expressions.HolderType(call.Holder), type, expressions.Call(call, receiver: "target"), shape == Shape.ExpressionBody, isVoid);
                yield return Taken($"{helper}({expressions.NameOf(call.Holder)})", isVoid);
                break;
            case Shape.Argument:
                yield return Taken(expressions.Call(call), isVoid: false);
                break;
            case Shape.Variable or Shape.TypedVariable:
                yield return $"{(shape == Shape.Variable ? "var" : type)} value{number} = {expressions.Call(call)};";
                yield return Taken($"value{number}", isVoid: false);
                break;
            case Shape.UsingResult:
                yield return $"using var value{number} = {expressions.Call(call)};";
                yield return Taken($"value{number}", isVoid: false);
                break;
            case Shape.Interpolation:
                yield return $"Log.Show({number}, $\"{{{expressions.Call(call)}{(member.Result == ValueKind.Block ? ".Length" : "")}}}\");";
                break;
            case Shape.Ternary:
                yield return Taken($"Log.Flag({number}, true) ? {expressions.Call(call)} : default!", isVoid: false);
                break;
            case Shape.Chained:
                yield return Taken(expressions.Call(call) + ".Length", isVoid: false);
                break;
            case Shape.ForEach:
                yield return $"foreach (var each{number} in {expressions.Call(call)}) Log.Touch(each{number});";
                break;
            default:
                yield return (member.IsProperty ? "_ = " : "") + expressions.Call(call) + ";";
                break;
        }

        string Taken(string value, bool isVoid) => isVoid ? value + ";" : $"Log.See({number}, {value});";
    }

    private Shape EffectiveShape(Step.Perform perform)
    {
        var call = perform.Call;
        var member = expressions.MemberOf(call);
        var isVoid = member.Result == ValueKind.Nothing;
        var fits = perform.Shape switch
        {
            Shape.Conditional => !expressions.IsTemporary(call.Holder),
            Shape.AwaitedTask => canWaitForTask,
            Shape.MethodGroup => !member.IsProperty && call.Arguments.Length == member.Parameters.Length && member.Parameters.All(parameter => parameter.Kind != ValueKind.Callback),
            Shape.PassedObject or Shape.ExpressionBody => call.Arguments.All(argument => argument.Value is not Value.Nested),
            Shape.Argument or Shape.Variable or Shape.TypedVariable or Shape.Ternary => !isVoid,
            Shape.Interpolation => !isVoid && member.Result is not (ValueKind.Voice or ValueKind.Model or ValueKind.Blocks),
            Shape.Chained => member.Result == ValueKind.Block,
            Shape.ForEach => member.Result is ValueKind.Block or ValueKind.Blocks,
            Shape.UsingResult => member.Result is ValueKind.Model or ValueKind.Voice,
            _ => true,
        };
        return fits ? perform.Shape : Shape.Statement;
    }

    private static string TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.Nothing => "void",
        ValueKind.Int => "int",
        ValueKind.Double => "double",
        ValueKind.Text => "string",
        ValueKind.Flag => "bool",
        ValueKind.Block => "float[]",
        ValueKind.Blocks => "IEnumerable<float[]>",
        ValueKind.Voice => "VoiceState",
        ValueKind.Model => "ModelData",
        _ => throw new InvalidOperationException($"No type is written for '{kind}'."),
    };
}
