using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>How a ring is written and read: only a ring that hands over one block at a time can become a TripleBuffer unseen.</summary>
internal sealed class RingTraffic
{
    private int _reads;
    private int _writes;
    private bool _isQueue;
    private int? _readSize;
    private int? _writeSize;

    public void AddRead(FileContext file, InvocationExpressionSyntax call)
    {
        _reads++;
        _readSize = call.ArgumentList.Arguments.Count == 1
            && file.Model.GetConstantValue(call.ArgumentList.Arguments[0].Expression, file.CancellationToken) is { HasValue: true, Value: int size } ? size : null;
        // `while ((block = ring.Read(n)).Length > 0)`: the loop drains the ring.
        _isQueue |= call.Ancestors().OfType<WhileStatementSyntax>().Any(loop => loop.Condition.Contains(call));
    }

    public void AddWrite(FileContext file, InvocationExpressionSyntax call)
    {
        _writes++;
        _writeSize = call.ArgumentList.Arguments.Count == 1 ? LengthOf(file, call.ArgumentList.Arguments[0].Expression) : null;
    }

    public void Judge(SwapGroup group)
    {
        if (_isQueue)
            group.Manual("the buffer is drained in a loop, and a TripleBuffer keeps only the newest block");
        else if (_reads > 1 || _writes > 1)
            group.Review("the buffer is read or written in several places, and a TripleBuffer keeps only the newest block");
        else if (_reads + _writes > 0 && (_readSize is null || _readSize != _writeSize))
            group.Review("'Read' gives the newest block as it was written, which need not be as long as what was asked for");
    }

    private static int? LengthOf(FileContext file, ExpressionSyntax array)
    {
        var value = file.Bind(array) is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references }
            && references[0].GetSyntax(file.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var initial } ? initial : array;
        return value is ArrayCreationExpressionSyntax { Type.RankSpecifiers: { Count: 1 } ranks } && ranks[0].Sizes is { Count: 1 } sizes
            && file.Model.GetConstantValue(sizes[0], file.CancellationToken) is { HasValue: true, Value: int length }
                ? length
                : null;
    }
}
