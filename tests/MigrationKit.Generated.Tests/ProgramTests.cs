using MigrationKit.Generated.Checking;
using MigrationKit.Generated.Generation;
using MigrationKit.Generated.Model;
using MigrationKit.Generated.Rendering;

namespace MigrationKit.Generated;

public sealed class ProgramTests
{
    /// <summary>A task that reads a static field waits for the static constructor, which waits for the task: whether both wait for ever depends on which thread takes the task.</summary>
    [Fact]
    public void StaticConstructor_WaitsForNoTask()
    {
        var programs = Programs.Sample(Campaign.Seed, 2000, batchSize: 50).ToLookup(program => program.Place, program => ProgramRenderer.Render(program, "G"));
        Assert.Contains(programs[Place.StaticMethod], program => program.Contains("Task.Run(", StringComparison.Ordinal));
        Assert.NotEmpty(programs[Place.StaticInitializer]);
        Assert.All(programs[Place.StaticInitializer], program => Assert.DoesNotContain("Task.Run(", program, StringComparison.Ordinal));
    }
}
