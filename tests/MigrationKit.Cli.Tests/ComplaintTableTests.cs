using System.Reflection;
using System.Text.RegularExpressions;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>
/// The 25 complaints about migration tools that are made most, and others worth a test: which test keeps each from being made about this one.
/// </summary>
public sealed class ComplaintTableTests
{
    private const int Numbered = 25;

    private static readonly string[] Others =
    [
        "golang/go#76476", "TUnit#4798", "format#952", "sdk#39723", "rewrite#3018", "rewrite-static-analysis#434", "rewrite#7169", "jscodeshift#258",
        "OPC UA G1", "fluentassertions.analyzers#24",
    ];

    // Tests of this project by type; those of others as "project: class.method", found in the sources.
    private static readonly (string Complaint, string Test)[] Table =
    [
        // 1, 2: linked files and target frameworks are merged as text, and the conflicts are committed.
        ("1", Here(typeof(ProjectTests), nameof(ProjectTests.A75_FileLinkedIntoTwoProjects_IsChangedOnce))),
        ("1", Here(typeof(FixTests), nameof(FixTests.OldTargetFramework_LeavesTheProjectByteIdentical))),
        ("2", Here(typeof(ProjectTests), nameof(ProjectTests.A75_ContextsThatNeedDifferentTexts_LeaveTheFileToAPerson))),
        ("2", Here(typeof(VerificationTests), nameof(VerificationTests.MergeMarkerInAFix_IsAnInternalErrorAndWritesNothing))),
        // 3: files are left out without a word.
        ("3", Here(typeof(VerificationTests), nameof(VerificationTests.FixThatBreaksADependentProject_IsLeftOut))),
        ("3", "Samples.Tests: VoiceAppTests.Migration_FixesEveryFinding"),
        // 4: of two fixes that overlap one is lost.
        ("4", "MigrationKit.CodeFixes.Tests: InterplayCases.NestedCallsOfThreeRules_Migrates"),
        ("4", "MigrationKit.CodeFixes.Tests: MK0901ReplaceWithTests.NestedAndChainedUses_AreAllReplaced"),
        ("4", "MigrationKit.CodeFixes.Tests: TextEditsTests.TryCommit_OverlapWithATakenEdit_TakesNothingOfTheFinding"),
        // 5, 6: no Fix All, or one for the first kind of site only.
        ("5", "MigrationKit.CodeFixes.Tests: FixAllScopeTests.EveryFix_HasAllThreeScopes"),
        ("5", "MigrationKit.CodeFixes.Tests: OneRuleAtATimeTests.AnyOrderOfRules_GivesTheTextOfAllAtOnce"),
        ("6", "MigrationKit.CodeFixes.Tests: FixAllScopeTests.ProjectAndSolution_GiveTheTextOfTheirDocuments"),
        ("6", "MigrationKit.CodeFixes.Tests: GuideTests.SeveralRulesInOneClass_MeetInOnePass"),
        // 7: one pass is not enough, or every run changes the same files.
        ("7", Here(typeof(FixTests), nameof(FixTests.SecondRun_ChangesNothing))),
        ("7", Here(typeof(VerificationTests), nameof(VerificationTests.FixesThatUndoEachOther_StopWithAReason))),
        ("7", "Samples.Tests: VoiceAppTests.SecondRun_FindsAndChangesNothing"),
        // 8: hundreds of compiler errors after the migration.
        ("8", Here(typeof(VerificationTests), nameof(VerificationTests.FixThatDoesNotCompile_IsLeftOutAloneWithTheCompilersMessage))),
        ("8", Here(typeof(ComplaintTests), nameof(ComplaintTests.ReplacedTokens_AreNotGluedToTheirNeighbours))),
        // 9: everything is loaded although nothing is to be done.
        ("9", Here(typeof(CheckTests), nameof(CheckTests.CleanSources_AnswerWithoutLoading))),
        // 10, 11: exit codes.
        ("10", Here(typeof(ComplaintTests), nameof(ComplaintTests.WhatIsLeft_HasPlaceReasonAndExitCode))),
        ("10", Here(typeof(BadInputTests), nameof(BadInputTests.WrongOption_IsUsage))),
        ("11", Here(typeof(ProcessTests), nameof(ProcessTests.WrongUsage_IsOneLineOnStandardErrorAndExitCode2))),
        // 12: a dry run that writes.
        ("12", Here(typeof(ComplaintTests), nameof(ComplaintTests.DryRun_WritesNothingWhateverElseIsAsked))),
        // 13, 14: warnings without content; projects that are skipped.
        ("13", Here(typeof(ComplaintTests), nameof(ComplaintTests.MissingAnalyzer_IsNamedOnceForAllTargetFrameworks))),
        ("13", Here(typeof(ComplaintTests), nameof(ComplaintTests.WrongHintPath_IsNamedAsTheReason))),
        ("14", Here(typeof(BadInputTests), nameof(BadInputTests.ProjectThatDoesNotRestore_IsNamedWithTheCause))),
        ("14", Here(typeof(BadInputTests), nameof(BadInputTests.A77_SyntaxError_IsNamedAndNothingIsWritten))),
        // 15, 16: analyzers that compilers do not load and do not miss.
        ("15", "Packaging.Tests: PackageContentTests.Analyzers_NeedNoMoreThanRoslyn45"),
        ("16", "Packaging.Tests: ConsumerBuildTests.V1Code_WarnsFirstAndFailsAtStage2"),
        // 17, 18: encodings and line ends.
        ("17", Here(typeof(LayoutTests), nameof(LayoutTests.RenamesInAnyLayout_ChangeTheNamesOnly))),
        ("17", Here(typeof(LayoutTests), nameof(LayoutTests.DeclaredCodePage_IsWhatSourcesAreReadWith))),
        ("18", Here(typeof(LayoutTests), nameof(LayoutTests.InsertedLines_LeaveEveryOtherLineAsItsBytesWere))),
        ("18", Here(typeof(EncodingTests), nameof(EncodingTests.EveryFile_KeepsItsMarkLineEndsAndLastLine))),
        // 19: a broken file stays on the disk.
        ("19", Here(typeof(VerificationTests), nameof(VerificationTests.FixThatDoesNotCompile_IsLeftOutAloneWithTheCompilersMessage))),
        ("19", Here(typeof(KilledProcessTests), nameof(KilledProcessTests.Write_KilledAnywhere_LeavesTheOldTreeOrTheNewOne))),
        // 20: memory grows with the number of fixes.
        ("20", Here(typeof(ComplaintTests), nameof(ComplaintTests.ManyFindings_AreFixedInAFewPasses))),
        // 21: solutions that cannot be opened.
        ("21", Here(typeof(CheckTests), nameof(CheckTests.Solution_GivesTheFindingsOfItsProjects))),
        // 22: one failure takes everything back, or counts as a warning.
        ("22", Here(typeof(VerificationTests), nameof(VerificationTests.FixThatDoesNotCompile_IsLeftOutAloneWithTheCompilersMessage))),
        ("22", Here(typeof(TextTests), nameof(TextTests.SmallestCause_IsExactlyTheCulprits))),
        // 23: arguments by position.
        ("23", "MigrationKit.CodeFixes.Tests: MK0002TtsParameterNameTests.Arguments_AreMappedByParameter"),
        ("23", "MigrationKit.CodeFixes.Tests: MK0901EvaluationOrderTests.AnyTemplateAndArguments_RunInTheSameOrder"),
        // 24: usings.
        ("24", "MigrationKit.CodeFixes.Tests: SwapShapeTests.Usings"),
        ("24", "MigrationKit.CodeFixes.Tests: TypeNameCases.A53_GlobalUsing_Migrates"),
        // 25: prompts, and options that nothing lists.
        ("25", Here(typeof(ComplaintTests), nameof(ComplaintTests.StandardInputThatNeverEnds_IsNotWaitedFor))),
        ("25", Here(typeof(ComplaintTests), nameof(ComplaintTests.Help_ListsEveryOptionOfTheManual))),

        ("golang/go#76476", Here(typeof(ComplaintTests), nameof(ComplaintTests.FixesThatAreWrongOnlyTogether_AreNotBothWritten))),
        ("TUnit#4798", "Packaging.Tests: ConsumerBuildTests.V1Code_WarnsFirstAndFailsAtStage2"),
        ("format#952", Here(typeof(ConfigurationTests), nameof(ConfigurationTests.ExistingFile_GetsMissingKeysAndKeepsTheRest))),
        ("sdk#39723", Here(typeof(ComplaintTests), nameof(ComplaintTests.MissingAnalyzer_IsNamedOnceForAllTargetFrameworks))),
        ("rewrite#3018", Here(typeof(ComplaintTests), nameof(ComplaintTests.ManyFindings_AreFixedInAFewPasses))),
        ("rewrite-static-analysis#434", Here(typeof(ComplaintTests), nameof(ComplaintTests.ReplacedTokens_AreNotGluedToTheirNeighbours))),
        ("rewrite#7169", Here(typeof(LayoutTests), nameof(LayoutTests.RenamesInAnyLayout_ChangeTheNamesOnly))),
        ("jscodeshift#258", "MigrationKit.CodeFixes.Tests: MK0001TtsModelConstructorTests.CommentsTabsAndCarriageReturns_Stay"),
        ("OPC UA G1", Here(typeof(ComplaintTests), nameof(ComplaintTests.ProjectOfTheOldFormat_IsNotTouchedAndNamed))),
        ("fluentassertions.analyzers#24", Here(typeof(VerificationTests), nameof(VerificationTests.FixThatBreaksADependentProject_IsLeftOut))),
    ];

    [Fact]
    public void EveryComplaint_HasATest() =>
        Assert.Equal(
            Enumerable.Range(1, Numbered).Select(n => $"{n}").Concat(Others).Order(StringComparer.Ordinal),
            Table.Select(row => row.Complaint).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void EveryTestOfTheTable_Exists() => Assert.All(Table, row => Assert.True(Exists(row.Test), $"{row.Complaint}: there is no test '{row.Test}'."));

    private static string Here(Type type, string method) => $": {type.Name}.{method}";

    private static bool Exists(string test)
    {
        var (project, type, method) = Regex.Match(test, "^(.*): (.*)[.](.*)$") is { Success: true } match
            ? (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)
            : throw new InvalidOperationException($"'{test}' is not 'project: class.method'.");
        if (project.Length == 0)
            return typeof(ComplaintTableTests).Assembly.GetType($"{typeof(ComplaintTableTests).Namespace}.{type}")?.GetMethod(method)?.GetCustomAttribute<FactAttribute>() is { Skip: null };

        var file = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", project), $"{type}.cs", SearchOption.AllDirectories).Single();
        return Regex.IsMatch(File.ReadAllText(file), $@"public (async )?(Task|void) {Regex.Escape(method)}\(");
    }
}
