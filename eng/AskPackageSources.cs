using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Asks the package sources, by a restore of its own, which of some packages they have, and records the answer.</summary>
/// <remarks>
/// Compiled by MSBuild against netstandard2.0 when the question is new, never otherwise. Projects of one build and builds of one clone ask
/// one after another: whoever waited for the lock takes the answer of the one before.
/// </remarks>
public sealed class AskPackageSources : Task
{
    /// <summary>Package ids; metadata <c>Version</c> is the one version asked for.</summary>
    [Required] public ITaskItem[] Packages { get; set; }

    /// <summary>Stands for packages and sources; empty on return if a source could not be asked, so nothing was recorded.</summary>
    [Required, Output] public string Key { get; set; }

    [Required] public string AnswerFile { get; set; }

    [Required] public string ProbeProject { get; set; }

    [Required] public string Sources { get; set; }

    public string PackagesPath { get; set; }

    public string ConfigFile { get; set; }

    /// <summary>Identifies the running restore: with <see cref="AskAgain"/>, an answer recorded by the same restore still counts.</summary>
    public string Session { get; set; }

    public bool AskAgain { get; set; }

    public string DotNet { get; set; }

    /// <summary>The ids at hand, as <c>;id;id;</c>.</summary>
    [Output] public string Available { get; set; }

    public override bool Execute()
    {
        var folder = Path.Combine(Path.GetDirectoryName(ProbeProject), "obj");
        Directory.CreateDirectory(folder);
        using (TakeLock(Path.Combine(folder, "ask.lock")))
        {
            if (ReadAnswer())
                return true;

            // Only leftovers of a killed build can be here, since the lock is ours.
            foreach (var leftover in Directory.GetDirectories(folder, "ask-*"))
                Directory.Delete(leftover, recursive: true);

            var work = Path.Combine(folder, "ask-" + Guid.NewGuid().ToString("N"));
            try
            {
                Ask(work);
            }
            finally
            {
                if (Directory.Exists(work))
                    Directory.Delete(work, recursive: true);
            }
        }

        return !Log.HasLoggedErrors;
    }

    private FileStream TakeLock(string path)
    {
        for (var waited = 0; ; waited++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < 3000)
            {
                Thread.Sleep(200); // ten minutes in all: a first answer may bring a large package
            }
        }
    }

    private bool ReadAnswer()
    {
        if (!File.Exists(AnswerFile))
            return false;

        var answer = File.ReadAllText(AnswerFile);
        if (Value(answer, "PackageAnswerKey") != Key || (AskAgain && Value(answer, "PackageAnswerSession") != Session))
            return false;

        Available = Value(answer, "AvailablePackages");
        return true;
    }

    private static string Value(string answer, string property) => Regex.Match(answer, "<" + property + ">(.*)</").Groups[1].Value;

    private void Ask(string work)
    {
        Log.LogMessage(MessageImportance.High, "Asking the package sources for {0} ...", string.Join(", ", Packages.Select(p => p.ItemSpec)));

        var probes = Packages.Select(package => Start(package, Path.Combine(work, package.ItemSpec))).ToList();
        var available = new List<string>();
        foreach (var (package, probe) in Packages.Zip(probes, (package, probe) => (package, probe)))
        {
            using (probe)
            {
                var output = probe.StandardOutput.ReadToEnd();
                probe.WaitForExit();
                var assets = Path.Combine(work, package.ItemSpec, "project.assets.json");
                var errors = File.Exists(assets) ? Errors(File.ReadAllText(assets)) : new[] { "none" };
                if (probe.ExitCode == 0)
                {
                    available.Add(package.ItemSpec);
                }
                else if (errors.Length == 0 || errors.Except(new[] { "NU1101", "NU1102" }).Any())
                {
                    Log.LogMessage(MessageImportance.High, "The package sources '{0}' could not be asked for '{1}'; the answer is not recorded. {2}", Sources, package.ItemSpec, output.Trim());
                    Key = "";
                }
            }
        }

        Available = ";" + string.Concat(available.Select(id => id + ";"));
        if (Key.Length == 0)
            return;

        Record(work);
        foreach (var package in Packages)
            Log.LogMessage(MessageImportance.High, "  {0} {1}: {2}", package.ItemSpec, package.GetMetadata("Version"), available.Contains(package.ItemSpec) ? "from the package source" : "not there");
    }

    private Process Start(ITaskItem package, string folder)
    {
        Directory.CreateDirectory(folder);
        var properties = new Dictionary<string, string>
        {
            ["ProbedPackage"] = package.ItemSpec,
            ["ProbedVersion"] = package.GetMetadata("Version"),
            ["ProbeFolder"] = folder,
            ["RestoreSources"] = Sources,
            ["RestorePackagesPath"] = PackagesPath,
            ["RestoreConfigFile"] = ConfigFile,
        };
        var arguments = properties.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => " \"-p:" + p.Key + "=" + p.Value.Replace(";", "%3B") + "\"");
        return Process.Start(new ProcessStartInfo(
            string.IsNullOrEmpty(DotNet) ? "dotnet" : DotNet,
            "msbuild \"" + ProbeProject + "\" -t:Restore -nologo -v:q -nodeReuse:false -tl:off" + string.Concat(arguments))
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        });
    }

    /// <summary>The codes of the errors that a restore left in its assets file, where they do not depend on the language.</summary>
    private static string[] Errors(string assets) =>
        Regex.Matches(assets, "\"code\": \"(\\w+)\",\\s*\"level\": \"Error\"").Cast<Match>().Select(m => m.Groups[1].Value).ToArray();

    /// <summary>Puts the answer in place whole, since other builds may be reading it.</summary>
    private void Record(string work)
    {
        var temporary = Path.Combine(work, "answer.props");
        File.WriteAllText(temporary, $"""
            <Project>
              <PropertyGroup>
                <PackageAnswerKey>{Key}</PackageAnswerKey>
                <PackageAnswerSession>{Session}</PackageAnswerSession>
                <AvailablePackages>{Available}</AvailablePackages>
              </PropertyGroup>
            </Project>
            """);
        if (File.Exists(AnswerFile))
            File.Replace(temporary, AnswerFile, null);
        else
            File.Move(temporary, AnswerFile);
    }
}
