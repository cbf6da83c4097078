package dev.baton.deterministic;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's transactions on the database in memory. */
public final class Transactions extends AbstractPlatformTransactionManager {
  private static final long serialVersionUID = 1;

  private final transient Database.Session session;

  public Transactions(Database.Session session) {
    this.session = session;
    setTransactionSynchronization(SYNCHRONIZATION_NEVER);
  }

  /** What does its work in transactions, as its annotations say. */
  @SuppressWarnings("unchecked")
  public <T> T around(T target) {
    var proxy = new ProxyFactory();
    proxy.setTarget(target);
    proxy.setProxyTargetClass(true);
    proxy.addAdvice(
        new TransactionInterceptor(
            (TransactionManager) this, new AnnotationTransactionAttributeSource(false)));
    return (T) proxy.getProxy(target.getClass().getClassLoader());
  }

  public TransactionOperations operations() {
    return new TransactionTemplate(this);
  }

  @Override
  protected Object doGetTransaction() {
    return new Object();
  }

  @Override
  protected boolean isExistingTransaction(Object holder) {
    return session.isInTransaction();
  }

  @Override
  protected void doBegin(Object holder, TransactionDefinition definition) {
    session.begin();
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    session.commit();
  }

  @Override
  protected void doRollback(DefaultTransactionStatus status) {
    session.rollback();
  }

  @Override
  protected void doSetRollbackOnly(DefaultTransactionStatus status) {
    session.rollback();
  }
}
