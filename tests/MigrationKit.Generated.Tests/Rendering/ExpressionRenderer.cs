using System.Collections.Immutable;
using MigrationKit.Generated.Model;

namespace MigrationKit.Generated.Rendering;

/// <summary>Writes V1 expressions and gives every effect and comment of a program its number.</summary>
internal sealed class ExpressionRenderer(CodeWriter code, ImmutableArray<Holder> holders, Func<int, Storage> storageOf)
{
    private int _next;

    public int Next() => ++_next;

    /// <summary>What the object is called where it is used.</summary>
    public string NameOf(int holder)
    {
        var name = V1Type.Of(holders[holder].Api).Api.ToString();
        return storageOf(holder) switch
        {
            Storage.Field or Storage.FieldSetInConstructor => $"_{name.ToLowerInvariant()}{holder}",
            Storage.StaticField => $"s_{name.ToLowerInvariant()}{holder}",
            Storage.Property => $"{name}{holder}",
            Storage.Temporary => Creation(holder, isTargetTyped: false),
            _ => $"{name.ToLowerInvariant()}{holder}",
        };
    }

    public string Creation(int holder, bool isTargetTyped)
    {
        var type = V1Type.Of(holders[holder].Api);
        return $"new{(isTargetTyped ? "" : " " + type.Name)}({Arguments(holders[holder].Arguments, type.Constructor)})";
    }

    public string HolderType(int holder) => V1Type.Of(holders[holder].Api).Name;

    public bool IsTemporary(int holder) => storageOf(holder) == Storage.Temporary;

    public V1Member MemberOf(Call call) => V1Type.Of(holders[call.Holder].Api).Member(call.Member);

    public string Call(Call call, string? receiver = null, string access = ".")
    {
        var member = MemberOf(call);
        receiver ??= NameOf(call.Holder);
        return member.IsProperty ? receiver + access + member.Name : $"{receiver}{access}{member.Name}({Arguments(call.Arguments, member.Parameters)})";
    }

    public string Comment() => $"/* c{Next()} */";

    /// <summary>The values alone, in the order of the parameters, for a delegate.</summary>
    public string Values(Call call) => string.Join(", ", MemberOf(call).Parameters.Select(parameter =>
        ValueOf(call.Arguments.Single(argument => argument.Parameter == parameter.Name).Value, parameter)));

    private string Arguments(ImmutableArray<Argument> arguments, ImmutableArray<V1Parameter> parameters) =>
        string.Concat(arguments.Select((argument, index) =>
        {
            var gap = argument.OnOwnLine ? code.NewLine + code.ContinuationIndent : index > 0 ? " " : "";
            var comment = argument.HasComment ? Comment() + " " : "";
            var name = argument.IsNamed ? argument.Parameter + ": " : "";
            return (index > 0 ? "," : "") + gap + comment + name + ValueOf(argument.Value, parameters.Single(parameter => parameter.Name == argument.Parameter));
        }));

    private string ValueOf(Value value, V1Parameter parameter) => value switch
    {
        Value.Constant constant => constant.Text,
        Value.Effect effect => $"Log.{parameter.Kind}({Next()}, {effect.Text})",
        Value.Nested nested => Call(nested.Call),
        _ => throw new InvalidOperationException($"Unknown value '{value}'."),
    };
}
