import type { Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { CancellationRepository, RequestedBillRow, RequestRow } from './cancellation.repository';
import type { CancelledTogether } from './dependent-bills';
import type { CancellationPreviewView, CancellationRequestView, RequestedBillView } from './dto/cancellation.dto';

export type CancellationRequest = CancellationRequestView;

const circuitOf = (supplyCircuit: string): string | null => (supplyCircuit === '' ? null : supplyCircuit);

function billOf({ billNo, accountNo, period, supplyCircuit, totalAmount, cause, successors }: RequestedBillRow): RequestedBillView {
  return { billNo, accountNo, period, supplyCircuitNo: circuitOf(supplyCircuit), totalAmount, cause, successorBillNos: [...successors] };
}

export function previewOf(billNo: string, bills: readonly CancelledTogether[]): CancellationPreviewView {
  return {
    billNo,
    bills: bills.map((bill) => ({ billNo: bill.billNo, accountNo: bill.accountNo, period: bill.period, supplyCircuitNo: circuitOf(bill.supplyCircuit), totalAmount: bill.totalAmount, cause: bill.cause })),
  };
}

/** Requests with their bills; one statement for all of them. */
export async function requestsOf(tx: Tx, repository: CancellationRepository, rows: readonly RequestRow[]): Promise<CancellationRequest[]> {
  const bills = await repository.billsOf(tx, rows.map(({ requestId }) => requestId));
  return rows.map((row) => ({ ...row, bills: bills.filter(({ requestId }) => requestId === row.requestId).map(billOf) }));
}

/** Throws BILLING.CANCELLATION_NOT_FOUND. */
export async function requestOf(tx: Tx, repository: CancellationRepository, requestId: string): Promise<CancellationRequest> {
  const row = await repository.request(tx, requestId);
  const [view] = row === undefined ? [] : await requestsOf(tx, repository, [row]);
  if (view === undefined) throw new AppError('BILLING.CANCELLATION_NOT_FOUND');
  return view;
}
