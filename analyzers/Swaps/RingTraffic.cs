using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>How a ring is written and read: only a ring that hands over one block at a time can become a TripleBuffer unseen.</summary>
internal sealed class RingTraffic
{
    private int _reads;
    private int _writes;
    private int? _readSize;
    private int? _writeSize;

    public void AddRead(FileContext file, InvocationExpressionSyntax call)
    {
        _reads++;
        _readSize = BlockSizes.Read(file, call);
    }

    public void AddWrite(FileContext file, InvocationExpressionSyntax call)
    {
        _writes++;
        _writeSize = BlockSizes.Written(file, call);
    }

    public void Judge(SwapGroup group)
    {
        if (_reads > 1 || _writes > 1)
            group.Review("the buffer is read or written in several places, and a TripleBuffer keeps only the newest block");
        else if (_reads + _writes > 0 && (_readSize is null || _readSize != _writeSize))
            group.Review("'Read' gives the newest block as it was written, which need not be as long as what was asked for");
    }
}
