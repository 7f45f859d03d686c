using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Knows the calls by which a container or reflection comes to construct a type.</summary>
internal static class Containers
{
    private const string Microsoft = "Microsoft.Extensions.DependencyInjection";

    private static readonly string[] Others =
        { "Autofac", "Castle.MicroKernel", "Castle.Windsor", "DryIoc", "Lamar", "LightInject", "Ninject", "Scrutor", "SimpleInjector", "StructureMap", "Unity" };

    /// <summary>Whether a method registers a service with Microsoft.Extensions.DependencyInjection.</summary>
    public static bool IsRegistration(IMethodSymbol method) =>
        (method.Name.StartsWith("Try", StringComparison.Ordinal) ? method.Name.Substring(3) : method.Name)
            is "AddSingleton" or "AddScoped" or "AddTransient" or "AddKeyedSingleton" or "AddKeyedScoped" or "AddKeyedTransient"
        && IsIn(method, Microsoft);

    /// <summary>Whether a method creates an instance of a type that it is given.</summary>
    public static bool IsActivation(IMethodSymbol method) =>
        method is { Name: "CreateInstance" or "GetServiceOrCreateInstance" or "CreateFactory", ContainingType.Name: "Activator" or "ActivatorUtilities" };

    /// <summary>Whether a method belongs to another container.</summary>
    public static bool IsOfOtherContainer(IMethodSymbol method) => Others.Any(name => IsIn(method, name));

    /// <summary>The call that a written type is an argument of, as a type argument or by <c>typeof</c>.</summary>
    public static InvocationExpressionSyntax? CallWith(SyntaxNode type) => type.Parent switch
    {
        TypeOfExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } => call,
        TypeArgumentListSyntax { Parent: GenericNameSyntax { Parent: InvocationExpressionSyntax call } } => call,
        TypeArgumentListSyntax { Parent: GenericNameSyntax { Parent: (MemberAccessExpressionSyntax or MemberBindingExpressionSyntax) and { Parent: InvocationExpressionSyntax call } member } generic }
            when call.Expression == member && generic.Span.End == member.Span.End => call,
        _ => null,
    };

    private static bool IsIn(IMethodSymbol method, string ns) =>
        method.ContainingNamespace?.ToDisplayString() is { } own && (own == ns || own.StartsWith(ns + ".", StringComparison.Ordinal));
}
