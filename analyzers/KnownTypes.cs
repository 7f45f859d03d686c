using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>The migrated libraries' symbols in one compilation, each looked up when a rule first asks for it.</summary>
/// <remarks>
/// A type counts only when an assembly of the library's name defines it: a user's own <c>RingBuffer</c> is never taken for ours.
/// </remarks>
internal sealed class KnownTypes
{
    private readonly List<IAssemblySymbol> _libraries = new();
    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _types = new(StringComparer.Ordinal);

    private readonly Lazy<bool> _mayHaveOldTypes;

    private KnownTypes(Compilation compilation)
    {
        _mayHaveOldTypes = new Lazy<bool>(() => VoiceForge != LibraryState.Absent && (VoiceForge == LibraryState.S1 || AreOldTypesInSight(compilation)), LazyThreadSafetyMode.PublicationOnly);
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (IsMigrated(assembly))
                _libraries.Add(assembly);
        }

        var hasV1 = MigrationMap.RenamedTypes.Any(row => Find(row.Old) is not null);
        VoiceForge = Find(TripleBuffer) is not null ? hasV1 ? LibraryState.S2 : LibraryState.S3
            : hasV1 || Find(ModelLoader) is not null ? LibraryState.S1
            : LibraryState.Absent;

        var tts = Find(MigrationMap.TtsModel);
        var hasOldMethods = MigrationMap.RenamedMethods.Any(row => HasMethod(tts, row.Old));
        var hasNewMethods = MigrationMap.RenamedMethods.Any(row => HasMethod(tts, row.New));
        PocketTts = hasNewMethods ? hasOldMethods ? LibraryState.S2 : LibraryState.S3
            : hasOldMethods ? LibraryState.S1
            : LibraryState.Absent;
    }

    public const string TripleBuffer = "VoiceForge.Audio.TripleBuffer";
    public const string SampleQueue = "VoiceForge.Audio.SampleQueue";
    public const string BufferPool = "VoiceForge.Audio.BufferPool";
    public const string AudioStreamV2 = "VoiceForge.Audio.AudioStreamV2";
    public const string AudioStreamInterface = "VoiceForge.Audio.IAudioStream";
    public const string ModelLoader = "VoiceForge.Core.ModelLoader";
    public const string ModelCache = "VoiceForge.Core.ModelCache";
    public const string ModelData = "VoiceForge.Core.ModelData";
    public const string FeatureCache = "VoiceForge.Core.FeatureCache";
    public const string VoiceForgeConfig = "VoiceForge.VoiceForgeConfig";

    private static IEnumerable<string> All =>
        MigrationMap.RenamedTypes.SelectMany(row => new[] { row.Old, row.New })
            .Concat(MigrationMap.CheckedMethods.Select(row => row.Type))
            .Concat(new[] { SampleQueue, BufferPool, ModelLoader, ModelCache, ModelData, FeatureCache, VoiceForgeConfig })
            .Append(MigrationMap.TtsModel)
            .Distinct();

    /// <summary>Whether a member that is used on the type can be one of the libraries': only then the use is worth binding.</summary>
    /// <remarks>
    /// Extension methods of the libraries are nothing that a rule looks for. A base list in source counts as possible, because with V1 gone the compiler
    /// drops what does not bind from it.
    /// </remarks>
    public static bool MayHaveMembersOfLibrary(ITypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface or TypeKind.Enum or TypeKind.Array or TypeKind.Delegate))
            return true;

        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.TypeKind == TypeKind.Error || IsMigrated(current.ContainingAssembly) || HasBaseList(current))
                return true;
        }

        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.TypeKind == TypeKind.Error || IsMigrated(implemented.ContainingAssembly))
                return true;
        }

        return false;
    }

    private static bool HasBaseList(ITypeSymbol type)
    {
        foreach (var declaration in type.DeclaringSyntaxReferences)
        {
            if (declaration.GetSyntax() is not BaseTypeDeclarationSyntax { BaseList: null })
                return true;
        }

        return false;
    }

    /// <summary>Whether an assembly has the name of one of the libraries.</summary>
    public static bool IsMigrated(IAssemblySymbol? assembly) => assembly?.Name == MigrationMap.VoiceForge.Name || assembly?.Name == MigrationMap.PocketTts.Name;

    private static bool AreOldTypesInSight(Compilation compilation)
    {
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (!IsMigrated(assembly) && assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == MigrationMap.VoiceForge.Name)))
                return true;
        }

        foreach (var tree in compilation.SyntaxTrees)
        {
            var names = NameMarks.Of(tree);
            foreach (var row in MigrationMap.RenamedTypes)
            {
                if (names.Has(row.OldName))
                    return true;
            }
        }

        return false;
    }

    private static bool HasMethod(INamedTypeSymbol? type, string name) =>
        type?.GetMembers(name).Any(member => member.DeclaredAccessibility == Accessibility.Public) == true;

    public LibraryState VoiceForge { get; }

    public LibraryState PocketTts { get; }

    /// <summary>Whether a value of a V1 type of VoiceForge can occur anywhere; where none can, what only V1's members are used for need not be looked at.</summary>
    /// <remarks>
    /// A file gets such a value without naming its type only from what does name it: another file, generated ones included, or an assembly that references
    /// the library. V1's own types may give one, V2's do not (a test holds the library to that).
    /// </remarks>
    public bool MayHaveOldTypes => _mayHaveOldTypes.Value;

    /// <returns><see langword="null"/> when the compilation references none of the libraries.</returns>
    public static KnownTypes? TryCreate(Compilation compilation)
    {
        var types = new KnownTypes(compilation);
        return types.VoiceForge == LibraryState.Absent && types.PocketTts == LibraryState.Absent ? null : types;
    }

    public INamedTypeSymbol? Find(string metadataName) => _types.GetOrAdd(metadataName, Look);

    private INamedTypeSymbol? Look(string metadataName)
    {
        foreach (var library in _libraries)
        {
            // V1's assemblies hold parts of V2 inside; only what users can name counts.
            if (metadataName.StartsWith(library.Name, StringComparison.Ordinal) && library.GetTypeByMetadataName(metadataName) is { DeclaredAccessibility: Accessibility.Public } type)
                return type;
        }

        return null;
    }

    /// <summary>Whether <paramref name="type"/> is the known type or derives from it.</summary>
    public bool Is(ITypeSymbol? type, string metadataName)
    {
        if (Find(metadataName) is not { } known)
            return false;

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, known))
                return true;
        }

        return known.TypeKind == TypeKind.Interface
            && type is not null
            && type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i, known));
    }

    /// <summary>Whether <paramref name="type"/> is the old type of <paramref name="row"/>, by symbol or, in S3, by the name it keeps as an error.</summary>
    public bool IsOld(ITypeSymbol? type, RenamedType row, SemanticModel model, int position)
    {
        if (UnboundName(type) is { } unbound)
            return VoiceForge == LibraryState.S3 && unbound == row.OldName && (IsQualified(type) || IsImported(row, model, position));

        bool IsQualified(ITypeSymbol? written) => written is IErrorTypeSymbol
            ? written.ContainingNamespace?.ToDisplayString() == row.Namespace
            : written is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } && IsQualified(arguments[0]);

        return Find(row.Old) is not null && Is(type, row.Old);
    }

    /// <summary>The name of a type that does not bind; the compiler takes an unknown <c>T?</c> for a nullable value type.</summary>
    public static string? UnboundName(ITypeSymbol? type) => type switch
    {
        IErrorTypeSymbol { Arity: 0, Name: var name } => name,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } arguments } => UnboundName(arguments[0]),
        _ => null,
    };

    /// <summary>
    /// Whether a simple name of the old type's namespace resolves at <paramref name="position"/>: then the old simple name can only have meant the
    /// old type. One name is not enough, because a user's own type may hide it.
    /// </summary>
    public bool IsImported(RenamedType row, SemanticModel model, int position) =>
        All.Select(Find).OfType<INamedTypeSymbol>().Any(type => type.ContainingNamespace.ToDisplayString() == row.Namespace
            && model.LookupNamespacesAndTypes(position, name: type.Name).Any(symbol => SymbolEqualityComparer.Default.Equals(symbol, type)));
}
