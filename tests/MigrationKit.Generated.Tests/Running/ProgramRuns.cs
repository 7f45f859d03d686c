using System.Reflection;
using System.Runtime.CompilerServices;
using MigrationKit.Generated.Model;
using MigrationKit.Generated.Rendering;

namespace MigrationKit.Generated.Running;

/// <summary>Runs compiled programs against the recording libraries.</summary>
internal static class ProgramRuns
{
    /// <summary>What each program did, its end included. Statics are fresh.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Run(byte[] image, IReadOnlyList<(GeneratedProgram Program, string Name)> programs, RunMode mode)
    {
        var assembly = RecordingLibraries.Load(image, out var context);
        try
        {
            return programs.Select(program => RunOne(assembly, program.Program, program.Name, mode)).ToList();
        }
        finally
        {
            context.Unload();
        }
    }

    private static IReadOnlyList<string> RunOne(Assembly assembly, GeneratedProgram program, string name, RunMode mode)
    {
        var recording = new Recording(mode);
        // On a flow of its own, so that nothing of it is left to the next program.
        Task.Run(() =>
        {
            Recording.Current = recording;
            try
            {
                Enter(assembly, program, name);
            }
            catch (Exception exception)
            {
                var cause = exception;
                while (cause is TargetInvocationException or TypeInitializationException && cause.InnerException is { } inner)
                    cause = inner;
                // V1's exceptions and those that the guide puts in their place have one type.
                recording.End("throws " + cause.GetType().Name);
            }
        }).GetAwaiter().GetResult();
        return [.. recording.Entries];
    }

    private static void Enter(Assembly assembly, GeneratedProgram program, string name)
    {
        MethodInfo entry;
        object?[]? arguments = null;
        if (program.Place == Place.TopLevel)
        {
            entry = assembly.EntryPoint ?? throw new InvalidOperationException("The batch has no entry point.");
            arguments = [Array.Empty<string>()];
        }
        else
        {
            var type = assembly.GetType(ProgramRenderer.TypeName(name), throwOnError: true)!;
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            entry = type.GetMethod(program.Place is Place.Main or Place.VoidMain ? "Main" : "Enter", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        }

        switch (entry.Invoke(null, arguments))
        {
            case Task task:
                task.GetAwaiter().GetResult();
                break;
            case 1:
                // Main answers a failure by its exit code, where V1 threw through it.
                throw new InvalidOperationException("Exit code 1.");
        }
    }
}
