using MigrationKit.Generated.Model;

namespace MigrationKit.Generated.Rendering;

/// <summary>Writes a program as C#.</summary>
public sealed class ProgramRenderer
{
    private static readonly string[] Usings =
        ["System", "System.Collections.Generic", "System.Threading.Tasks", "MigrationKit.Generated.Running", "PocketTts", "VoiceForge", "VoiceForge.Audio", "VoiceForge.Core"];

    private readonly GeneratedProgram _program;
    private readonly CodeWriter _code;
    private readonly ExpressionRenderer _expressions;
    private readonly StepRenderer _steps;
    private readonly ProgramMembers _members;

    private ProgramRenderer(GeneratedProgram program)
    {
        _program = program;
        _code = new CodeWriter(program.Layout);
        _expressions = new ExpressionRenderer(_code, program.Holders, StorageOf);
        _members = new ProgramMembers(program.Place == Place.TopLevel ? "Helpers." : "");
        _steps = new StepRenderer(_code, _expressions, new CallRenderer(_code, _expressions, _members, canWaitForTask: program.Place != Place.StaticInitializer));
    }

    private bool IsStatic => _program.Place is Place.Main or Place.VoidMain or Place.StaticMethod or Place.StaticInitializer;

    /// <summary>The type that holds a program without top-level statements.</summary>
    public static string TypeName(string name) => name + ".Unit";

    /// <param name="name">The namespace, unlike that of any other program of the compilation.</param>
    public static string Render(GeneratedProgram program, string name)
    {
        var renderer = new ProgramRenderer(program);
        renderer.Write(name);
        return renderer._code.ToString();
    }

    private Storage StorageOf(int index)
    {
        var holder = _program.Holders[index];
        var isInClass = _program.Place != Place.TopLevel;
        return holder.Storage switch
        {
            Storage.UsingLocal or Storage.UsingStatement when !V1Type.Of(holder.Api).IsDisposable => Storage.Local,
            Storage.Field or Storage.FieldSetInConstructor or Storage.Property when isInClass => IsStatic ? Storage.StaticField : holder.Storage,
            Storage.StaticField when isInClass => Storage.StaticField,
            Storage.Parameter when _program.Place is Place.InstanceMethod or Place.StaticMethod or Place.AsyncMethod => Storage.Parameter,
            Storage.Field or Storage.FieldSetInConstructor or Storage.Property or Storage.StaticField or Storage.Parameter => Storage.Local,
            _ => holder.Storage,
        };
    }

    private IEnumerable<int> HoldersIn(params Storage[] storages) => Enumerable.Range(0, _program.Holders.Length).Where(index => storages.Contains(StorageOf(index)));

    private void Write(string name)
    {
        _code.Line($"// c{_expressions.Next()}: {name}");
        foreach (var space in Usings)
            _code.Line($"using {space};");
        _code.Line("");
        if (_program.Place == Place.TopLevel)
        {
            WriteBody(canAwait: true);
            _code.Line("");
            _code.Open("internal static class Helpers");
            WriteHelpers();
            _code.Close();
            return;
        }

        if (_program.Layout.HasFileScopedNamespace)
            _code.Line($"namespace {name};");
        else
            _code.Open($"namespace {name}");
        WriteClass();
        if (!_program.Layout.HasFileScopedNamespace)
            _code.Close();
    }

    private void WriteClass()
    {
        _code.Line("");
        _code.Open(_program.Place == Place.Dispose ? "internal sealed class Unit : IDisposable" : "internal class Unit");
        WriteFields();
        WriteConstructor();
        WriteMember();
        WriteHelpers();
        _code.Close();
    }

    private void WriteFields()
    {
        foreach (var index in HoldersIn(Storage.Field, Storage.FieldSetInConstructor, Storage.StaticField, Storage.Property))
        {
            var (holder, storage) = (_program.Holders[index], StorageOf(index));
            var modifiers = storage switch { Storage.StaticField => "private static readonly", Storage.Property => "public", _ => "private readonly" };
            var declared = $"{modifiers} {_expressions.HolderType(index)} {_expressions.NameOf(index)}{(storage == Storage.Property ? " { get; }" : "")}";
            _code.Line(storage switch
            {
                Storage.FieldSetInConstructor => declared + ";",
                _ => $"{declared} = {_expressions.Creation(index, holder.IsTargetTyped)};",
            });
        }
    }

    private void WriteConstructor()
    {
        var assigned = HoldersIn(Storage.FieldSetInConstructor).ToList();
        if (assigned.Count == 0 && _program.Place is not (Place.Constructor or Place.StaticInitializer))
            return;

        _code.Line("");
        _code.Open(_program.Place == Place.StaticInitializer ? "static Unit()" : "public Unit()");
        foreach (var index in assigned)
            _code.Line($"{_expressions.NameOf(index)} = {_expressions.Creation(index, _program.Holders[index].IsTargetTyped)};");
        if (_program.Place is Place.Constructor or Place.StaticInitializer)
            WriteBody(canAwait: false);
        _code.Close();
    }

    private void WriteMember()
    {
        var parameters = string.Join(", ", HoldersIn(Storage.Parameter).Select(index => $"{_expressions.HolderType(index)} {_expressions.NameOf(index)}"));
        var (header, enter) = _program.Place switch
        {
            Place.InstanceMethod => ($"public void Body({parameters})", "new Unit().Body"),
            Place.StaticMethod => ($"public static void Body({parameters})", "Body"),
            Place.AsyncMethod => ($"public async Task Body({parameters})", "new Unit().Body"),
            Place.Main => ("internal static int Main()", ""),
            Place.VoidMain => ("internal static void Main()", ""),
            Place.Dispose => ("public void Dispose()", "new Unit().Dispose"),
            Place.PropertyGetter => ("public int Value", "_ = new Unit().Value"),
            Place.Constructor => ("", "_ = new Unit()"),
            _ => ("", ""),
        };
        _code.Line("");
        if (_program.Place == Place.PropertyGetter)
        {
            _code.Open(header);
            _code.Open("get");
            WriteBody(canAwait: false);
            _code.Line("return 1;");
            _code.Close();
            _code.Close();
        }
        else if (header.Length > 0)
        {
            _code.Open(header);
            if (_program.Place == Place.AsyncMethod)
                _code.Line("await Task.CompletedTask;");
            WriteBody(_program.Place == Place.AsyncMethod);
            if (_program.Place == Place.Main)
                _code.Line("return 0;");
            _code.Close();
        }

        if (_program.Place is Place.Main or Place.VoidMain)
            return;

        _code.Line("");
        _code.Open(_program.Place == Place.AsyncMethod ? "public static async Task Enter()" : "public static void Enter()");
        if (enter.Length > 0)
        {
            var arguments = string.Join(", ", HoldersIn(Storage.Parameter).Select(index => _expressions.Creation(index, _program.Holders[index].IsTargetTyped)));
            var call = enter.StartsWith('_') ? enter : $"{enter}({arguments})";
            _code.Line((_program.Place == Place.AsyncMethod ? "await " : "") + call + ";");
        }

        _code.Close();
    }

    private void WriteBody(bool canAwait)
    {
        var open = 0;
        foreach (var index in HoldersIn(Storage.Local, Storage.UsingLocal, Storage.UsingStatement))
        {
            var (holder, storage) = (_program.Holders[index], StorageOf(index));
            var type = holder is { IsTargetTyped: false, IsVar: true } ? "var" : _expressions.HolderType(index);
            var declaration = $"{type} {_expressions.NameOf(index)} = {_expressions.Creation(index, holder.IsTargetTyped)}";
            if (storage == Storage.UsingStatement)
            {
                _code.Open($"using ({declaration})");
                open++;
            }
            else
            {
                _code.Line((storage == Storage.UsingLocal ? "using " : "") + declaration + ";");
            }
        }

        _steps.Write(_program.Steps, canAwait);
        for (; open > 0; open--)
            _code.Close();
    }

    private void WriteHelpers()
    {
        foreach (var helper in _members.Helpers)
        {
            _code.Line("");
            _code.Line(helper);
        }
    }
}
