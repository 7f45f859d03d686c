using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>How a ring is written and read: only a ring that hands over one block at a time can become a TripleBuffer unseen.</summary>
internal sealed class RingTraffic
{
    private const string OneThreadEach = "and a TripleBuffer takes one writer thread and one reader thread; make sure that one thread makes these calls";

    private readonly HashSet<SyntaxNode> _readers = new();
    private readonly HashSet<SyntaxNode> _writers = new();
    private int _reads;
    private int _writes;
    private int? _readSize;
    private int? _writeSize;
    private bool _isKept;

    public void AddRead(FileContext file, InvocationExpressionSyntax call)
    {
        _reads++;
        _readSize = BlockSizes.Read(file, call);
        _readers.Add(RingUses.FunctionOf(call));
        _isKept |= new ReadBlock(file, call).IsKept;
    }

    public void AddWrite(FileContext file, InvocationExpressionSyntax call)
    {
        _writes++;
        _writeSize = BlockSizes.Written(file, call);
        _writers.Add(RingUses.FunctionOf(call));
    }

    public void Judge(SwapGroup group)
    {
        // Two threads at one end corrupt what is handed over: worse than any block that is missed.
        if (_writers.Count > 1)
            group.ReviewFirst("the buffer is written in several members, " + OneThreadEach);
        else if (_readers.Count > 1)
            group.ReviewFirst("the buffer is read in several members, " + OneThreadEach);
        else if (_reads > 1 || _writes > 1)
            group.Review("the buffer is read or written in several places, and a TripleBuffer keeps only the newest block");
        else if (_reads + _writes > 0 && (_readSize is null || _readSize != _writeSize))
            group.Review("'Read' gives the newest block as it was written, which need not be as long as what was asked for");
        else if (_isKept)
            group.Review("what is read is kept, and stays what it was while nothing new is written, where V1 gave silence");
    }
}
